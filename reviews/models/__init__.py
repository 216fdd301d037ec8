from reviews.models.consent import SectionConsent
from reviews.models.draft import ReviewDraft
from reviews.models.moderation import (
    Appeal,
    AppealState,
    FlagReason,
    FlagState,
    ModerationAction,
    ModerationEntry,
    ModerationSettings,
    PreModeration,
    ReviewFlag,
)
from reviews.models.prior import ReviewPrior
from reviews.models.reaction import HelpfulVote, PublisherReply, ReplyMemory
from reviews.models.review import (
    AfterDeletion,
    Duration,
    Interests,
    PupilCount,
    Review,
    ReviewerRole,
    ReviewState,
    ShownAs,
    Use,
    WouldChooseAgain,
)
from reviews.models.rubric import RubricMapping, RubricVersion
from reviews.models.score import ReviewScore, Unscored
from reviews.models.version import ReviewVersion

__all__ = [
    "AfterDeletion",
    "Appeal",
    "AppealState",
    "Duration",
    "FlagReason",
    "FlagState",
    "HelpfulVote",
    "Interests",
    "ModerationAction",
    "ModerationEntry",
    "ModerationSettings",
    "PreModeration",
    "PublisherReply",
    "PupilCount",
    "ReplyMemory",
    "Review",
    "ReviewDraft",
    "ReviewFlag",
    "ReviewPrior",
    "ReviewScore",
    "ReviewState",
    "ReviewVersion",
    "ReviewerRole",
    "RubricMapping",
    "RubricVersion",
    "SectionConsent",
    "ShownAs",
    "Unscored",
    "Use",
    "WouldChooseAgain",
]
