"""Why a template of an office is not used, in words for who handed it in."""

from typing import Literal

from smup.documents.blocks import Lang

MOST_BYTES = 5_000_000  # of a template

Danger = Literal[
    "large", "old", "password", "no_docx", "damaged", "swells", "many", "path", "macros", "outside",
    "embedded", "field", "doctype",
]  # fmt: skip

_SAID: dict[Danger, tuple[str, str]] = {
    "large": (
        "Szablon jest większy niż 5 MB. Zmniejsz obrazy w nagłówku i stopce, usuń treść i zapisz "
        "go ponownie.",
        "The template is larger than 5 MB. Make the pictures in its header and footer smaller, "
        "remove its text and save it again.",
    ),
    "old": (
        "To jest plik w dawnym formacie Worda (DOC). Otwórz go i zapisz jako dokument DOCX.",
        "This is a file of the old Word format (DOC). Open it and save it as DOCX.",
    ),
    "password": (
        "Szablon jest zaszyfrowany. Otwórz go, usuń hasło (Plik → Informacje → Chroń dokument) "
        "i zapisz ponownie.",
        "The template is encrypted. Open it, remove the password (File → Info → Protect Document) "
        "and save it again.",
    ),
    "no_docx": (
        "To nie jest dokument Worda: {place}. Wskaż plik DOCX albo DOTX.",
        "This is not a Word document: {place}. Choose a DOCX or DOTX file.",
    ),
    "damaged": (
        "Szablon jest uszkodzony (część „{place}”). Otwórz go w edytorze i zapisz ponownie.",
        "The template is damaged (part “{place}”). Open it in an editor and save it again.",
    ),
    "swells": (
        "Szablon po rozpakowaniu byłby wielokrotnie większy (część „{place}”), więc nie został "
        "otwarty. Utwórz go na nowo z pustego dokumentu.",
        "The template would become many times larger when unpacked (part “{place}”), so it was not "
        "opened. Make it anew from an empty document.",
    ),
    "many": (
        "Szablon ma ponad tysiąc części, więc nie został otwarty. Utwórz go na nowo z pustego "
        "dokumentu.",
        "The template has more than a thousand parts, so it was not opened. Make it anew from an "
        "empty document.",
    ),
    "path": (
        "Część szablonu ma niedozwoloną nazwę („{place}”). Otwórz go w edytorze i zapisz ponownie.",
        "A part of the template has a name that is not allowed (“{place}”). Open it in an editor "
        "and save it again.",
    ),
    "macros": (
        "Szablon zawiera makra (część „{place}”). Zapisz go jako dokument bez makr (DOCX).",
        "The template contains macros (part “{place}”). Save it as a document without macros "
        "(DOCX).",
    ),
    "outside": (
        "Szablon odwołuje się do pliku spoza siebie ({place}). Wstaw obrazy na stałe i odłącz "
        "powiązane pliki i szablony, potem zapisz go ponownie.",
        "The template refers to a file outside itself ({place}). Embed its pictures and detach "
        "linked files and templates, then save it again.",
    ),
    "embedded": (
        "Szablon zawiera osadzony obiekt lub kontrolkę (część „{place}”). Usuń ją albo zamień "
        "na obraz i zapisz szablon ponownie.",
        "The template contains an embedded object or control (part “{place}”). Remove it or turn "
        "it into a picture and save the template again.",
    ),
    "field": (
        "Szablon zawiera pole, które wczytuje inne pliki lub uruchamia polecenia ({place}). Usuń "
        "to pole i zapisz szablon ponownie.",
        "The template contains a field that loads other files or runs commands ({place}). Remove "
        "the field and save the template again.",
    ),
    "doctype": (
        "Część szablonu „{place}” zawiera definicje, których dokumenty Worda nie mają. Otwórz go "
        "w edytorze i zapisz ponownie.",
        "Part “{place}” of the template contains definitions that Word documents do not have. Open "
        "it in an editor and save it again.",
    ),
}


class UnsafeTemplate(ValueError):
    """A template that is not used. The message (Polish; ``said`` in both languages) names the
    place, the reason and what to do."""

    def __init__(self, danger: Danger, place: str = "") -> None:
        self.danger, self._place = danger, place[:120]
        super().__init__(self.said("pl"))

    def said(self, lang: Lang) -> str:
        return _SAID[self.danger][lang == "en"].format(place=self._place)
