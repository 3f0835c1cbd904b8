"""Who may open what: one row per route, one cell per person.

HOW TO ADD A ROUTE (two lines). `test_matrix.py` fails and names it until it is here:

    Route("desk:export", STAFF, kwargs=lambda world: {"slug": world.call.slug}),
    Route("desk:start", STAFF_ON_APPLICATION, kwargs=lambda world: {"public_id": world.submitted.public_id}, post=True),

- The second argument is the usual answer for each person (the dictionaries below); a keyword changes one cell:
  `Route("scoring:home", JURY, officer=MOVED)`.
- `kwargs` receives the World of `world.py`: take an object from it, or add one there as a cached_property.
- Cells: OK, LOGIN (sent to the sign-in page), MOVED (sent elsewhere), FORBIDDEN (403: seen, not allowed), ABSENT (404: not
  even its existence).
- Each GET is compared with its cell. Then the same address is POSTed, empty: whoever was refused must be refused again.
- `post=True` marks an address that only receives: a GET answers 405, or the refusal; the cells are those of an empty POST,
  and OK then means « not refused » (200, a redirection, 409 or 422 for the empty form).
- `case` names a second row of the same route, for an object in another state.
- Everything is rolled back after each request.

The people: `applicant` owns the objects, `other_applicant` has an organisation of their own; `recused_officer` stepped aside
from every application of the applicant; `juror` is assigned, `unassigned_juror` sits in the same panel, `recused_juror`
declared an interest.
"""

from collections.abc import Callable
from typing import Any

from tests.access.world import World

OK, LOGIN, MOVED, FORBIDDEN, ABSENT = 200, "connexion", 302, 403, 404
PEOPLE = (
    "anonymous",
    "applicant",
    "other_applicant",
    "officer",
    "recused_officer",
    "juror",
    "unassigned_juror",
    "recused_juror",
    "chair",
    "contributor",
    "publisher",
    "administrator",
)
Cells = dict[str, int | str]


def everyone(answer: int | str, **others: int | str) -> Cells:
    """`answer` for each person, except `others`."""
    return {**dict.fromkeys(PEOPLE, answer), **others}


PUBLIC = everyone(OK)
SIGNED_IN = everyone(OK, anonymous=LOGIN)
# The service: lists and settings, where a recusal removes lines, not the page.
STAFF = everyone(FORBIDDEN, anonymous=LOGIN, officer=OK, recused_officer=OK, administrator=OK)
# One application of the applicant, seen by the service: absent for whoever stepped aside.
STAFF_ON_APPLICATION = {**STAFF, "recused_officer": ABSENT}
# The applicant's own objects: they do not exist for anyone else, officers included (they have their own pages).
OWNER = everyone(ABSENT, anonymous=LOGIN, applicant=OK)
# The jury's pages of one panel, for its members.
PANEL_MEMBERS = everyone(ABSENT, anonymous=LOGIN, juror=OK, unassigned_juror=OK, recused_juror=OK, chair=OK)
# The ballot of one juror.
ASSIGNED_JUROR = everyone(ABSENT, anonymous=LOGIN, juror=OK)
# For visitors: someone who is signed in has nothing to do there and is sent to their space.
VISITORS = everyone(MOVED, anonymous=OK)


class Route:
    """One row: the name of the route, its cells, what its address needs."""

    def __str__(self) -> str:
        return f"{self.name} ({self.case})" if self.case else self.name

    def __init__(
        self,
        name: str,
        cells: Cells,
        *,
        kwargs: Callable[[World], dict[str, Any]] = lambda world: {},
        post: bool = False,
        case: str = "",
        **others: int | str,
    ) -> None:
        unknown = set(others) - set(PEOPLE)
        assert not unknown, f"{name} : personnes inconnues {sorted(unknown)}"
        self.name, self.kwargs, self.post, self.case = name, kwargs, post, case
        self.cells: Cells = {**cells, **others}


def of_call(world: World) -> dict[str, Any]:
    return {"slug": world.call.slug}


def of_panel(world: World) -> dict[str, Any]:
    return {"slug": world.panel.call.slug}


def of(name: str) -> Callable[[World], dict[str, Any]]:
    """The public identifier of the world's object of that name."""
    return lambda world: {"public_id": getattr(world, name).public_id}


SITE = [
    Route("health", PUBLIC),
    Route("robots", PUBLIC),
    Route("sitemap", PUBLIC),
    Route("components", PUBLIC),
    Route(
        "admin/login/",
        everyone(
            FORBIDDEN,
            anonymous=LOGIN,
            **dict.fromkeys(("officer", "recused_officer", "contributor", "publisher", "administrator"), LOGIN),
        ),
    ),
    Route("django-admin/login/", everyone(FORBIDDEN, anonymous=LOGIN, administrator=LOGIN)),
    Route("media", everyone(ABSENT), kwargs=lambda world: {"path": "absente.png"}),
    Route("original_media", everyone(ABSENT), kwargs=lambda world: {"path": "absente.png"}),
    Route("wagtailcore_login", everyone(LOGIN)),
    Route("wagtaildocs_serve", everyone(ABSENT), kwargs=lambda world: {"args": (999999, "absent.pdf")}),
    Route("wagtail_serve", everyone(ABSENT), kwargs=lambda world: {"args": ("nulle-part/",)}),
]

ACCOUNT = [
    Route("start", everyone(MOVED, anonymous=LOGIN)),
    Route("account", SIGNED_IN),
    Route("account_signup", VISITORS),
    Route("account_login", VISITORS),
    Route("account_logout", everyone(OK, anonymous=MOVED)),
    Route("account_inactive", PUBLIC),
    Route("account_reauthenticate", SIGNED_IN),
    Route("account_email", SIGNED_IN),
    # Without a code awaited, an anonymous visitor goes to sign in, anyone else to the page of the address.
    Route("account_email_verification_sent", everyone(MOVED, anonymous=LOGIN)),
    Route("account_change_password", SIGNED_IN),
    # Only for an account without a password; none of these people.
    Route("account_set_password", everyone(MOVED, anonymous=LOGIN)),
    Route("account_reset_password", PUBLIC),
    Route("account_reset_password_done", PUBLIC),
    Route("account_reset_password_from_key_done", PUBLIC),
    # A link that is not valid: the page says so.
    Route("account_reset_password_from_key", PUBLIC, kwargs=lambda world: {"uidb36": "1", "key": "faux"}),
]

# Role holders here have an application of codes; applicants and their like have none. Every page is about oneself only.
SECOND_FACTOR = [
    Route("mfa_index", SIGNED_IN),
    # The step after the password: nobody is at it here.
    Route("mfa_authenticate", everyone(MOVED, anonymous=LOGIN)),
    Route("mfa_reauthenticate", everyone(OK, anonymous=LOGIN, applicant=MOVED, other_applicant=MOVED)),
    # Already in place for those who hold a role (MOVED); the others set it up.
    Route("mfa_activate_totp", everyone(MOVED, anonymous=LOGIN), applicant=MOVED, other_applicant=MOVED),
    Route("mfa_deactivate_totp", everyone(OK, anonymous=LOGIN, applicant=ABSENT, other_applicant=ABSENT)),
    Route("mfa_view_recovery_codes", everyone(ABSENT, anonymous=LOGIN)),
    Route("mfa_generate_recovery_codes", everyone(OK, anonymous=LOGIN), applicant=MOVED, other_applicant=MOVED),
    Route("mfa_download_recovery_codes", everyone(ABSENT, anonymous=LOGIN)),
    Route("mfa_list_webauthn", SIGNED_IN),
    Route("mfa_add_webauthn", everyone(OK, anonymous=LOGIN), applicant=MOVED, other_applicant=MOVED),
    Route("mfa_reauthenticate_webauthn", everyone(MOVED, anonymous=LOGIN)),
    Route("mfa_login_webauthn", everyone(MOVED, anonymous=LOGIN)),
    Route(
        "mfa_remove_webauthn",
        everyone(ABSENT, anonymous=LOGIN),
        kwargs=lambda world: {"pk": 999999},
        applicant=MOVED,
        other_applicant=MOVED,
    ),
    Route(
        "mfa_edit_webauthn",
        everyone(ABSENT, anonymous=LOGIN),
        kwargs=lambda world: {"pk": 999999},
        applicant=MOVED,
        other_applicant=MOVED,
    ),
]

DESK = [
    Route("desk:home", STAFF),
    Route("desk:call", STAFF, kwargs=of_call),
    Route("desk:export", STAFF, kwargs=of_call),
    Route("desk:application", STAFF_ON_APPLICATION, kwargs=of("examining")),
    Route(
        "desk:document",
        STAFF_ON_APPLICATION,
        kwargs=lambda world: {"public_id": world.examining.public_id, "document_id": world.examined_document.public_id},
    ),
    Route("desk:start", STAFF_ON_APPLICATION, kwargs=of("submitted"), post=True),
    Route("desk:check", STAFF_ON_APPLICATION, kwargs=of("examining"), post=True),
    Route("desk:declare_admissible", STAFF_ON_APPLICATION, kwargs=of("examining")),
    Route("desk:assign", STAFF_ON_APPLICATION, kwargs=of("examining"), post=True),
]


def of_application(name: str) -> Callable[[World], dict[str, Any]]:
    """The application of the one decision of the world's release of that name."""
    return lambda world: {"public_id": getattr(world, name).decisions.get().application.public_id}


DECISIONS = [
    Route("decisions:index", STAFF),
    Route("decisions:call", STAFF, kwargs=of_call),
    Route("decisions:resolution", STAFF, kwargs=of_call),
    Route("decisions:declare_inadmissible", STAFF_ON_APPLICATION, kwargs=of("examining")),
    Route("decisions:prepare", STAFF_ON_APPLICATION, kwargs=of("resolution"), post=True),
    # Batches of one hidden application: for who steps aside from it, they do not exist.
    Route("decisions:release", STAFF_ON_APPLICATION, kwargs=of("release")),
    Route("decisions:release_progress", STAFF_ON_APPLICATION, kwargs=of("release")),
    Route("decisions:release_check", STAFF_ON_APPLICATION, kwargs=of("release"), post=True),
    Route("decisions:release_regenerate", STAFF_ON_APPLICATION, kwargs=of("release"), post=True),
    # Not checked yet: back to the batch.
    Route("decisions:release_publish", STAFF_ON_APPLICATION, kwargs=of("release"), officer=MOVED, administrator=MOVED),
    Route("decisions:officer_letter", STAFF_ON_APPLICATION, kwargs=of("letter")),
    # The applicant reads the decision once it is released, and not a minute before.
    Route("decisions:read", OWNER, kwargs=of_application("released")),
    Route("decisions:read", OWNER, kwargs=of_application("release"), case="avant la publication", applicant=ABSENT),
    # Displaying the decision first: the letter then opens.
    Route("decisions:letter", OWNER, kwargs=of_application("released"), applicant=MOVED),
    Route("decisions:letter", OWNER, kwargs=of_application("release"), case="avant la publication", applicant=ABSENT),
]

ORGANISATIONS = [
    Route("organisations:home", SIGNED_IN),
    Route("organisations:create", SIGNED_IN),
    Route("organisations:edit", OWNER, kwargs=of("organisation")),
]


def of_document(name: str) -> Callable[[World], dict[str, Any]]:
    """The world's document of that name, in its application."""

    def kwargs(world: World) -> dict[str, Any]:
        document = getattr(world, name)
        return {"public_id": document.application.public_id, "document_id": document.public_id}

    return kwargs


PORTAL = [
    Route("portal:home", SIGNED_IN),
    Route("portal:start", SIGNED_IN, kwargs=of_call),
    Route("portal:application", OWNER, kwargs=of("draft")),
    Route("portal:application", OWNER, kwargs=of("submitted"), case="déposée"),
    Route("portal:section", OWNER, kwargs=lambda world: {"public_id": world.draft.public_id, "section_key": "projet"}),
    Route("portal:documents", OWNER, kwargs=of("draft")),
    Route(
        "portal:attach",
        OWNER,
        kwargs=lambda world: {
            "public_id": world.draft.public_id,
            "requirement_key": world.draft_document.requirement.key,
        },
        post=True,
    ),
    Route("portal:document", OWNER, kwargs=of_document("draft_document")),
    Route("portal:remove_document", OWNER, kwargs=of_document("draft_document")),
    Route("portal:review", OWNER, kwargs=of("draft")),
    Route("portal:submit", OWNER, kwargs=of("draft"), post=True),
    Route("portal:receipt", OWNER, kwargs=lambda world: {"public_id": world.receipt.application.public_id}),
    Route("portal:receipt_pdf", OWNER, kwargs=lambda world: {"public_id": world.receipt.application.public_id}),
    Route("portal:application_pdf", OWNER, kwargs=of("draft")),
    Route("portal:withdraw", OWNER, kwargs=of("draft")),
]

# The ranking and the sitting: the secretariat and the chair; a member knows of them, and may not.
SECRETARIAT_AND_CHAIR = everyone(
    ABSENT,
    anonymous=LOGIN,
    officer=OK,
    recused_officer=OK,
    administrator=OK,
    chair=OK,
    juror=FORBIDDEN,
    unassigned_juror=FORBIDDEN,
    recused_juror=FORBIDDEN,
)


def with_a_panel(world: World) -> dict[str, Any]:
    """An address without arguments, once the members sit."""
    assert world.panel
    return {}


def of_jury_at_work(world: World) -> dict[str, Any]:
    """The panel, its members having declared, its sitting planned."""
    assert world.assignment
    assert world.sitting
    return of_panel(world)


SCORING = [
    Route(
        "scoring:home",
        everyone(FORBIDDEN, anonymous=LOGIN, juror=OK, unassigned_juror=OK, recused_juror=OK, chair=OK),
        # Each panel has its members before anyone looks; the service goes to its own page.
        kwargs=with_a_panel,
        officer=MOVED,
        recused_officer=MOVED,
        administrator=MOVED,
    ),
    Route("scoring:interests", PANEL_MEMBERS, kwargs=of_panel),
    Route("scoring:review", ASSIGNED_JUROR, kwargs=of("assignment")),
    # Nothing to hand in yet: back to the ballot.
    Route("scoring:hand_in", {**ASSIGNED_JUROR, "juror": MOVED}, kwargs=of("assignment")),
    Route("scoring:autosave", ASSIGNED_JUROR, kwargs=of("assignment"), post=True),
    Route(
        "scoring:document",
        everyone(ABSENT, anonymous=LOGIN, juror=OK, chair=OK, officer=OK, administrator=OK),
        kwargs=of("reviewed_document"),
    ),
    Route("scoring:ranking", SECRETARIAT_AND_CHAIR, kwargs=of_jury_at_work),
    Route("scoring:sitting", SECRETARIAT_AND_CHAIR, kwargs=of_jury_at_work),
    Route("scoring:attendance", SECRETARIAT_AND_CHAIR, kwargs=of_jury_at_work, post=True),
    Route("scoring:close", SECRETARIAT_AND_CHAIR, kwargs=of_jury_at_work),
    # Those who were there read the minutes; who stepped aside, without what they did not attend.
    Route(
        "scoring:minutes",
        {**PANEL_MEMBERS, "officer": OK, "recused_officer": OK, "administrator": OK},
        kwargs=of("minutes"),
    ),
    Route(
        "scoring:minutes_pdf",
        {**PANEL_MEMBERS, "officer": OK, "recused_officer": OK, "administrator": OK},
        kwargs=of("minutes"),
    ),
    Route("scoring:secretariat", STAFF),
    Route("scoring:secretariat_call", STAFF, kwargs=of_panel),
    Route("scoring:open_panel", STAFF, kwargs=of_call, post=True),
    Route("scoring:members", STAFF, kwargs=of_panel),
    Route(
        "scoring:remove_member",
        STAFF,
        kwargs=lambda world: {**of_panel(world), "public_id": world.panel.jurors.first().public_id},
    ),
    Route("scoring:settings", STAFF, kwargs=of_panel),
    Route("scoring:grid", STAFF, kwargs=of_panel),
    Route("scoring:assignments", STAFF, kwargs=of_panel),
    Route("scoring:plan", STAFF, kwargs=of_panel),
    Route("scoring:reviews", STAFF, kwargs=of_panel),
    Route(
        "scoring:reopen",
        STAFF_ON_APPLICATION,
        kwargs=lambda world: {**of_panel(world), "public_id": world.submitted_review.public_id},
    ),
    Route("scoring:recusals", STAFF, kwargs=of_panel),
    # An officer who stepped aside from the application does not see who else did.
    Route(
        "scoring:lift",
        STAFF_ON_APPLICATION,
        kwargs=lambda world: {
            **of_panel(world),
            "application": world.assignment.application.public_id,
            "person": world.people["recused_juror"].public_id,
        },
    ),
]

ROUTES = [*SITE, *ACCOUNT, *SECOND_FACTOR, *DESK, *DECISIONS, *ORGANISATIONS, *PORTAL, *SCORING]

# The administrations have hundreds of routes of their own: one rule by prefix. An anonymous visitor signs in; whoever has
# nothing to do there gets 403 before any of their views; the rest is the permissions of the groups.
ADMINISTRATIONS = {
    "admin/": ("applicant", "other_applicant", "juror", "unassigned_juror", "recused_juror", "chair"),
    "django-admin/": tuple(person for person in PEOPLE if person not in {"anonymous", "administrator"}),
}
