"""What the kinds of mail of this room are called, as accounts.mail_kinds asks for it."""

REVIEW_APPROVED = "review-approved"
REVIEW_REMOVED = "review-removed"
REVIEW_RESTORED = "review-restored"
APPEAL_DECIDED = "review-appeal-decided"
REVIEW_REPLIED = "review-replied"
REPLY_REMOVED = "reply-removed"
REPLY_RESTORED = "reply-restored"
