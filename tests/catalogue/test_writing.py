"""A definition written as a file reads back as the same definition."""

from pathlib import Path

from smup.catalogue import Catalogue, load_catalogue
from smup.catalogue.writing import id_from, indicator_file
from tests.helpers.small_catalogue import PUPILS, write


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    root = write(tmp_path)
    before = load_catalogue(root).indicators["udzial-uczniow"]
    (root / PUPILS).write_text(indicator_file(before), "utf-8")
    assert load_catalogue(root).indicators["udzial-uczniow"] == before


def test_every_shipped_indicator_survives_writing(catalogue: Catalogue, tmp_path: Path) -> None:
    import yaml

    for one in catalogue.indicators.values():
        data = yaml.safe_load(indicator_file(one))
        assert type(one).model_validate({**data, "id": one.id, "area": one.area}) == one


def test_keys_stand_in_the_order_of_the_model(tmp_path: Path) -> None:
    text = indicator_file(load_catalogue(write(tmp_path)).indicators["udzial-uczniow"])
    keys = [line.partition(":")[0] for line in text.splitlines() if line[0].isalpha()]
    assert keys[:5] == ["name", "question", "service", "role", "dimension"]
    assert "kinds: [gmina, miasto-na-prawach-powiatu, powiat]" in text


def test_ids() -> None:
    assert id_from("Uczniowie na oddział – średnia (SP)") == "uczniowie-na-oddzial-srednia-sp"
    assert id_from("Żłobki, ćwierć & Łódź") == "zlobki-cwierc-lodz"
