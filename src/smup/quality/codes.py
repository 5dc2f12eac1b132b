"""Every kind of finding: a stable code, how grave it is, and what it means to a reader.

The codes are part of ``data/findings.csv`` and of the answers of the command line; they are added,
never renamed. ``error``: the source must be looked at before its figures are trusted; ``warning``:
something is unusual and said; ``info``: expected and harmless, recorded so that nothing is lost.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingCode:
    id: str
    severity: Severity
    meaning: str  # Polish, one sentence, for the list of findings


_ALL = (
    # files
    FindingCode("brak-pliku", "error", "Pliku źródłowego nie ma w folderze."),
    FindingCode("nieczytelny-plik", "error", "Pliku nie da się odczytać w zapowiedzianej postaci."),
    FindingCode("brak-arkusza", "error", "W skoroszycie nie ma arkusza, który opisuje mapowanie."),
    FindingCode("zmieniony-naglowek", "error", "Nagłówek kolumny jest inny niż w mapowaniu."),
    # keys
    FindingCode("brak-kodu", "warning", "Wiersz nie ma kodu jednostki."),
    FindingCode("wiersz-spoza-podzialu", "info", "Zagranica, statki albo suma: nie jednostka."),
    FindingCode("nieczytelny-kod", "error", "Kod nie jest kodem TERYT ani BDL."),
    FindingCode("nieznana-jednostka", "error", "Kodu nie ma w rejestrze jednostek."),
    FindingCode(
        "jednostka-historyczna", "info", "Jednostka sprzed okresu, który obejmuje rejestr."
    ),
    FindingCode(
        "zniesiona-jednostka", "warning", "Wartość z roku, w którym jednostki już nie było."
    ),
    FindingCode(
        "przyszla-jednostka", "warning", "Wartość z roku, w którym jednostki jeszcze nie było."
    ),
    FindingCode("zdublowany-klucz", "error", "Ten sam kod i rok stoją w kilku wierszach."),
    FindingCode("sprzeczne-wiersze", "error", "Dwa wiersze tej samej jednostki różnią się."),
    FindingCode("powtorzony-wiersz", "info", "Miasto jako gmina i jako powiat, ta sama wartość."),
    # parts
    FindingCode("czesc-gminy", "info", "Miasto albo obszar wiejski gminy; liczy się wiersz gminy."),
    FindingCode("czesc-miasta", "info", "Dzielnica albo delegatura; liczy się wiersz miasta."),
    FindingCode(
        "miasto-i-czesci", "error", "Źródło ma jednostkę i jej części; nie wybrano, co brać."
    ),
    FindingCode(
        "tylko-czesci", "warning", "Źródło ma tylko części jednostki, a nie wolno ich sumować."
    ),
    FindingCode("niepelne-czesci", "warning", "Brak wartości części, więc i sumy."),
    FindingCode("doliczony-wiersz", "info", "Wiersz doliczono do wskazanej jednostki."),
    # values
    FindingCode("nieczytelna-liczba", "error", "Komórka nie jest liczbą ani znanym znakiem."),
    FindingCode("nieczytelny-rok", "error", "Komórka nie jest rokiem."),
    FindingCode("poza-zakresem", "error", "Wartość jest niemożliwa dla tej zmiennej."),
    FindingCode(
        "zero-zamiast-braku", "warning", "Zero, które w tej zmiennej może znaczyć tylko brak."
    ),
    FindingCode("pusty-rok", "warning", "W tym roku kolumna nie ma żadnej wartości."),
    FindingCode("zly-uklad-wiersza", "error", "Wiersz ma inną liczbę komórek niż nagłówek."),
    FindingCode("pusty-wiersz", "info", "Wiersz bez treści."),
    FindingCode("nieopisany-wiersz", "warning", "Żadna kolumna mapowania nie bierze tego wiersza."),
    # quirks of single sources
    FindingCode(
        "bez-sredniej", "info", "Szkoła bez opublikowanej średniej; nie wchodzi do wyniku."
    ),
    FindingCode("mniej-niz-prog", "info", "Zbyt mało osób, by podać wartość dla gminy."),
    # boundaries
    FindingCode("brak-granicy", "info", "Jednostka nie ma obrysu w pliku granic."),
    FindingCode("granica-bez-jednostki", "warning", "Obrys o kodzie, którego nie ma w rejestrze."),
    # a release
    FindingCode("niezgodne-zrodla", "warning", "Dwa źródła podają różne wartości."),
    FindingCode("tajemnica", "info", "Wartości ukryte, żeby nikogo nie dało się rozpoznać."),
    # rules over landed values
    FindingCode("niezgodna-suma", "warning", "Suma części nie równa się całości."),
    FindingCode("niezgodna-roznica", "warning", "Różnica składników nie równa się saldu."),
    FindingCode("czesc-wieksza-od-calosci", "warning", "Część jest większa od całości."),
    FindingCode("samotne-zero", "warning", "Zero między dwiema wartościami dodatnimi."),
    FindingCode("niezgodne-zrodla", "warning", "Dwa źródła podają różne wartości."),
    FindingCode(
        "niezgodny-poziom",
        "warning",
        "Wartość opublikowana dla obszaru różni się od sumy jednostek.",
    ),
)

CODES = {code.id: code for code in _ALL}
