"""Forms of these pages. Labels and help are the words ``setup_field_…`` and ``setup_help_…``."""

from collections.abc import Iterable
from typing import Any

from django import forms

from smup.language import Lang
from smup.mailing.letter import LetterRefused
from smup.training.rules.refusal import Refused
from smup.training.rules.settings import MOST_CHARACTERS, SettingsError
from smup.training.rules.settings_text import SINGLE
from smup.web.people.words import words

Refusing = (Refused, SettingsError, LetterRefused)


class SetupForm(forms.Form):
    """A form in one language."""

    def __init__(self, lang: Lang, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lang = lang
        t = words(lang)
        for name, field in self.fields.items():
            field.label = field.label or t[f"setup_field_{name}"]
            field.help_text = field.help_text or t.get(f"setup_help_{name}", "")

    def say(self, error: Exception, fields: dict[str, str] | None = None) -> None:
        """What an action refused, each sentence beside its field; ``fields``: its name here."""
        if isinstance(error, Refused):
            for one in error.refusals:
                name = (fields or {}).get(one.field, one.field)
                self.add_error(name if name in self.fields else None, one.sentence(self.lang))
        elif isinstance(error, SettingsError):
            for sentence in error.sentences:
                self.add_error("settings" if "settings" in self.fields else None, sentence)
        else:
            self.add_error(None, str(error))


def area_text(rows: int, *, required: bool = True, most: int = MOST_CHARACTERS) -> forms.CharField:
    """A field of many lines."""
    widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
    return forms.CharField(max_length=most, required=required, widget=widget, strip=False)


def reason() -> forms.CharField:
    return forms.CharField(max_length=500)


class EditionForm(SetupForm):
    slug = forms.CharField(max_length=20)
    settings = area_text(28)


class SettingsForm(SetupForm):
    """The whole settings as YAML."""

    settings = area_text(32)
    why = reason()


class NumbersForm(SetupForm):
    """Single settings; each is what kind of value its present one is."""

    def __init__(self, lang: Lang, now: object, *args: Any, **more: Any) -> None:
        self.base_fields = {name: _field(name, getattr(now, name), lang) for name in SINGLE}
        self.base_fields["why"] = reason()
        initial = {name: getattr(now, name) for name in SINGLE}
        super().__init__(lang, *args, initial=initial, **more)

    def values(self) -> dict[str, int | float | bool | str]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name in SINGLE}


class EndForm(SetupForm):
    ended_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PilotForm(SetupForm):
    units = area_text(14, required=False, most=200_000)
    file = forms.FileField(required=False, max_length=200)
    why = forms.CharField(max_length=500, required=False)


class OrganiserForm(SetupForm):
    email = forms.EmailField(required=False)
    phone = forms.CharField(required=False, max_length=40)
    address = forms.CharField(required=False, max_length=300)
    contact_pl = area_text(6, required=False, most=5_000)
    contact_en = area_text(6, required=False, most=5_000)


class DocumentForm(SetupForm):
    title = forms.CharField(max_length=200)
    file = forms.FileField(max_length=120)


class WaveForm(SetupForm):
    name = forms.CharField(max_length=120)
    organiser = forms.ChoiceField()
    kinds = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    emails = area_text(10, required=False, most=400_000)
    file = forms.FileField(required=False, max_length=200)

    def __init__(
        self,
        lang: Lang,
        organisers: Iterable[tuple[str, str]],
        kinds: Iterable[tuple[str, str]],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(lang, *args, **more)
        self.fields["organiser"].choices = list(organisers)
        self.fields["kinds"].choices = list(kinds)


def file_text(form: forms.Form, name: str) -> str:
    """What a sent file says, as text. A file that is no UTF-8 is told beside its field."""
    sent = form.cleaned_data.get("file")
    if not sent:
        return str(form.cleaned_data.get(name, ""))
    try:
        return str(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        assert isinstance(form, SetupForm)
        form.add_error("file", words(form.lang)["setup_file_no_text"])
        return ""


def _field(name: str, now: object, lang: Lang) -> forms.Field:
    if isinstance(now, bool):
        return forms.BooleanField(required=False)
    if isinstance(now, int):
        return forms.IntegerField(min_value=0)
    if isinstance(now, float):
        return forms.FloatField(min_value=0, max_value=1)
    t = words(lang)
    return forms.ChoiceField(
        choices=[(one, t[f"setup_{name}_{one}"]) for one in ("stage", "edition")]
    )
