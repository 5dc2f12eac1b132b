"""Forms of decisions; labels and help are words named ``desk_field_…`` and ``desk_help_…``."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from smup.language import Lang
from smup.web.people.words import words

MOST_CHARACTERS = 2_000
MOST_FILE = 10_000_000  # bytes


class DeskForm(forms.Form):
    """A form in one language; names of fields are those of its parameters in Polish."""

    def __init__(self, lang: Lang, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        t = words(lang)
        for name, field in self.fields.items():
            field.label = t[f"desk_field_{name.replace('-', '_')}"]
            field.help_text = t.get(f"desk_help_{name.replace('-', '_')}", "")


def long_text(*, required: bool = True, most: int = MOST_CHARACTERS) -> forms.CharField:
    """A field of some lines."""
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=most, required=required, widget=area)


class Plain(DeskForm):
    """A step that asks nothing."""


class Reasoned(DeskForm):
    powod = long_text()


class Refusing(DeskForm):
    """``zasada`` is the number of the rule that was not kept."""

    zasada = forms.ChoiceField()
    powod = long_text()

    def __init__(self, lang: Lang, *args: Any, **more: Any) -> None:
        super().__init__(lang, *args, **more)
        t = words(lang)
        self.fields["zasada"].choices = [("", t["desk_choose_one"])] + [
            (rule, t[f"desk_rule_{rule}"]) for rule in ("1", "5", "6", "7", "9")
        ]


class Withdrawing(DeskForm):
    """Only through the unit's fault may a place be withdrawn; otherwise a new deadline is set."""

    wina = forms.BooleanField()
    powod = long_text()


class Extending(DeskForm):
    termin = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    powod = long_text()

    def clean_termin(self) -> date:
        found: date = self.cleaned_data["termin"]
        if found <= timezone.localdate():
            raise forms.ValidationError(self.fields["termin"].help_text)
        return found


class Moving(DeskForm):
    komu = forms.ChoiceField()
    powod = long_text()

    def __init__(self, lang: Lang, *args: Any, others: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(lang, *args, **more)
        self.fields["komu"].choices = others


class Returning(DeskForm):
    """The signed copy that came on paper or by another way than the panel."""

    plik = forms.FileField(max_length=120)


class Checking(DeskForm):
    """One of the recorded results of the formal check."""

    wynik = forms.ChoiceField(widget=forms.RadioSelect)
    uwaga = long_text(required=False)

    def __init__(self, lang: Lang, *args: Any, **more: Any) -> None:
        super().__init__(lang, *args, **more)
        t = words(lang)
        self.fields["wynik"].choices = [("tak", t["desk_passed"]), ("nie", t["desk_not_passed"])]


class Replacing(DeskForm):
    """Another person in the place of one who was sent; ``plec`` only where the edition asks."""

    imie = forms.CharField(max_length=80)
    nazwisko = forms.CharField(max_length=80)
    plec = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, lang: Lang, *args: Any, sexes: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(lang, *args, **more)
        self.fields["plec"].choices = sexes
        if not sexes:
            del self.fields["plec"]


class Delivering(DeskForm):
    """A declaration seen on paper; ``rodzaj`` is its id in the settings of the edition."""

    rodzaj = forms.CharField(max_length=60)


class HandingOut(DeskForm):
    """A file for the people of a training."""

    nazwa = forms.CharField(max_length=200)
    material = forms.FileField(max_length=120)


class Answering(DeskForm):
    odpowiedz = long_text(most=5_000)


class Consenting(DeskForm):
    """More people than the headcount gives, for one unit (rule 6)."""

    jst = forms.CharField(max_length=60)
    osob = forms.IntegerField(min_value=2, max_value=100)
    powod = long_text()
