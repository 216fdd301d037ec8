"""Pages about where a person works: school, section, publisher, and invitations to them."""

from django.urls import path

from accounts.web import invitation, publisher, schools, section, sections, waiting

urlpatterns = [
    path("school/", schools.school_page, name="school"),
    path("school/aanvragen/", schools.ask, name="school-ask"),
    path("school/<int:pk>/verlaten/", schools.leave, name="school-leave"),
    path("goedkeuren/", waiting.waiting_page, name="waiting"),
    path("goedkeuren/<int:pk>/", waiting.decide, name="waiting-decide"),
    path("goedkeuren/<int:pk>/beeindigen/", waiting.end, name="waiting-end"),
    path("secties/", sections.sections_page, name="sections"),
    path("secties/<int:pk>/", section.section_page, name="section"),
    path("secties/<int:pk>/uitnodigen/", section.invite, name="section-invite"),
    path(
        "secties/<int:pk>/uitnodiging/<int:invitation_pk>/<slug:action>/",
        section.invitation_action,
        name="section-invitation",
    ),
    path("secties/<int:pk>/lid/<int:member_pk>/<slug:action>/", section.member_action, name="section-member"),
    path("secties/<int:pk>/verlaten/", section.leave, name="section-leave"),
    path("secties/<int:pk>/leiden/", section.take_lead, name="section-take-lead"),
    path("secties/<int:pk>/opheffen/", section.end, name="section-end"),
    path("uitnodiging/<str:token>/", invitation.invitation_page, name="invitation"),
    path("uitgever/", publisher.publishers_page, name="publishers"),
    path("uitgever/<slug:slug>/", publisher.publisher_page, name="publisher"),
    path("uitgever/<slug:slug>/uitnodigen/", publisher.invite, name="publisher-invite"),
    path(
        "uitgever/<slug:slug>/uitnodiging/<int:invitation_pk>/<slug:action>/",
        publisher.invitation_action,
        name="publisher-invitation",
    ),
    path("uitgever/<slug:slug>/lid/<int:member_pk>/<slug:action>/", publisher.member_action, name="publisher-member"),
]
