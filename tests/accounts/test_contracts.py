"""Who acts, what is recorded, links and files: on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_record_needs_the_transaction_of_its_write(database: dict[str, Any]) -> None:
    from smup.accounts import audit
    from smup.accounts.actor import SYSTEM

    with pytest.raises(audit.OutsideTransaction):
        audit.record(SYSTEM, "accounts.person.invited", "person:1")


def test_a_record_keeps_who_what_before_after_and_why(database: dict[str, Any]) -> None:
    from django.db import transaction

    from smup.accounts import audit
    from smup.accounts.actor import Actor
    from smup.accounts.models import Event

    with transaction.atomic():
        audit.record(
            Actor("person", 7, "ewa@example.org"),
            "training.registration.moved",
            "registration:12",
            before={"organiser": "zmp"},
            after={"organiser": "zpp", "on": NOW},
            why="Miasto na prawach powiatu",
            edition=3,
        )
    kept = Event.objects.get()
    assert (kept.actor_kind, kept.actor_id, kept.actor) == ("person", 7, "ewa@example.org")
    assert (kept.what, kept.about, kept.edition) == (
        "training.registration.moved",
        "registration:12",
        3,
    )
    assert kept.before == {"organiser": "zmp"}
    assert kept.after == {"organiser": "zpp", "on": "2026-03-02T12:00:00Z"}
    assert kept.why == "Miasto na prawach powiatu"


def _event(at: datetime) -> Any:
    from smup.accounts.models import Event

    return Event.objects.create(
        at=at, actor_kind="system", actor="system", what="x.y", about="thing:1"
    )


def test_the_database_refuses_to_change_a_record(database: dict[str, Any]) -> None:
    from django.db import DatabaseError, connection

    from smup.accounts.models import Event

    _event(datetime.now(UTC))
    with pytest.raises(DatabaseError, match="never changed"):
        Event.objects.update(why="inaczej")
    with pytest.raises(DatabaseError, match="two years"):
        Event.objects.all().delete()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute("TRUNCATE accounts_event")
    assert Event.objects.get().why == ""


def test_records_older_than_two_years_are_forgotten_and_no_others(database: dict[str, Any]) -> None:
    from smup.accounts import audit
    from smup.accounts.models import Event

    now = datetime.now(UTC)
    old, young = _event(now - timedelta(days=733)), _event(now - timedelta(days=728))
    assert audit.forget_old(now) == 1
    assert list(Event.objects.values_list("pk", flat=True)) == [young.pk]
    assert old.pk != young.pk


def test_a_link_works_once_and_for_its_hours(database: dict[str, Any]) -> None:
    from smup.accounts import links

    token = links.issue("account.start", "person:1", 24, once=True, now=NOW)
    last = NOW + timedelta(hours=24) - timedelta(seconds=1)
    assert links.peek(token, "account.start", NOW) == "person:1"
    assert links.redeem(token, "account.start", last) == "person:1"
    with pytest.raises(links.LinkRefused):
        links.redeem(token, "account.start", last)

    late = links.issue("account.start", "person:1", 24, once=True, now=NOW)
    with pytest.raises(links.LinkRefused):
        links.redeem(late, "account.start", NOW + timedelta(hours=24))


def test_a_lasting_link_opens_again_and_only_for_its_purpose(database: dict[str, Any]) -> None:
    from smup.accounts import links

    token = links.issue("training.contact", "registration:5", 48, once=False, now=NOW)
    assert [links.redeem(token, "training.contact", NOW) for _ in range(2)] == [
        "registration:5",
        "registration:5",
    ]
    with pytest.raises(links.LinkRefused):
        links.redeem(token, "account.start", NOW)
    links.withdraw("training.contact", "registration:5")
    with pytest.raises(links.LinkRefused):
        links.redeem(token, "training.contact", NOW)


def test_a_token_is_long_and_is_not_in_the_database(database: dict[str, Any]) -> None:
    from smup.accounts import links
    from smup.accounts.models import OneTimeLink

    token = links.issue("account.start", "person:1", 24, once=True)
    assert len(token) * 6 >= 128
    assert token not in str(OneTimeLink.objects.values().get())


@pytest.mark.parametrize("token", ["", "x", "x" * 100_000, "ż\x00", "../../etc"])
def test_nonsense_opens_nothing(database: dict[str, Any], token: str) -> None:
    from smup.accounts import links

    links.issue("account.start", "person:1", 24, once=True)
    with pytest.raises(links.LinkRefused) as refused:
        links.redeem(token, "account.start")
    assert refused.value.sentence("en") != refused.value.sentence("pl")


def test_a_document_is_kept_once_for_its_owner_alone(database: dict[str, Any]) -> None:
    import stat

    from django.conf import settings

    from smup.accounts import files
    from smup.accounts.models import StoredFile

    kept = files.keep(b"umowa", "application/pdf")
    # printf umowa | sha256sum
    known = "df3dfa385f3fc506713bba22aca718ea8cdf6b5904461ff254634e2835ebaff2"
    assert kept.sha256 == known
    assert (kept.media, kept.size) == ("application/pdf", 5)
    assert files.keep(b"umowa", "application/pdf") == kept
    assert StoredFile.objects.count() == 1
    assert files.open_kept(kept.sha256) == b"umowa"
    path = settings.SMUP_PEOPLE / "files" / kept.sha256[:2] / kept.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    files.remove(kept.sha256)
    with pytest.raises(FileNotFoundError):
        files.open_kept(kept.sha256)


@pytest.mark.parametrize("name", ["", "..", "../secret-key", "A" * 64, "g" * 64])
def test_only_digests_are_names_of_documents(settings_of: None, name: str) -> None:
    from smup.accounts import files

    with pytest.raises(FileNotFoundError):
        files.open_kept(name)
