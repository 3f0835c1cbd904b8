"""What PostgreSQL itself refuses once letters are released: to change or delete what their readers have received."""

import pgtrigger

FROZEN_COLUMNS = (
    "application_id",
    "resolution_id",
    "release_id",
    "public_id",
    "outcome",
    "amount",
    "reason",
    "article",
    "reserve_rank",
    "reserve_until",
    "decided_at",
    "decided_by_id",
)


def release_frozen() -> pgtrigger.Trigger:
    """A released batch never changes again."""
    return pgtrigger.Protect(
        name="release_released_frozen",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__state="released"),
    )


def decision_frozen() -> pgtrigger.Trigger:
    """A released decision may only be marked as replaced by a newer one."""
    # Only `replaced_by` is left out: a corrected decision points from the old one to the new.
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FROZEN_COLUMNS)
    return pgtrigger.Trigger(
        name="decision_released_frozen",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=pgtrigger.Func(
            f"""
            IF EXISTS (SELECT 1 FROM aap_release WHERE id = OLD.release_id AND state = 'released') THEN
                IF TG_OP = 'DELETE' OR {changed} THEN
                    RAISE EXCEPTION 'pgtrigger: a released decision cannot change';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
            """  # noqa: S608 - column names of ours
        ),
    )


def letter_kept() -> pgtrigger.Trigger:
    """The letter of a released decision is kept as it was sent."""
    return pgtrigger.Trigger(
        name="letter_released_kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=pgtrigger.Func(
            """
            IF EXISTS (
                SELECT 1 FROM aap_decision JOIN aap_release ON aap_release.id = aap_decision.release_id
                WHERE aap_decision.id = OLD.decision_id AND aap_release.state = 'released'
            ) THEN
                RAISE EXCEPTION 'pgtrigger: a released letter cannot change';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
            """
        ),
    )
