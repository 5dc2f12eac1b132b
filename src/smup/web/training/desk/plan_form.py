"""The form a training is planned with; days are rows of date, beginning and end."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from smup.accounts.models import Membership, Organisation, Person
from smup.language import Lang
from smup.language.dates import ZONE
from smup.training.actions.planning import Plan
from smup.training.naming import area_name, kind_name
from smup.training.rules.queues import Kind
from smup.training.rules.settings import EditionSettings
from smup.web.people.words import words
from smup.web.training.desk.forms import DeskForm

MOST_DAYS = 6
_ROW = ("dzien", "od", "do")
# Fields of Plan by the field of the form in which a refusal of theirs is said.
FIELDS = {
    "title": "nazwa", "kind": "rodzaj", "area": "obszar", "quarter": "kwartal", "place": "miejsce",
    "link": "odnosnik", "capacity": "miejsc", "listener_places": "sluchaczy", "days": "dzien-1",
}  # fmt: skip


class PlanForm(DeskForm):
    """Whatever the rules want of a plan is asked of them; here is only what a form needs."""

    nazwa = forms.CharField(max_length=200)
    organizator = forms.ChoiceField()
    rodzaj = forms.ChoiceField()
    obszar = forms.ChoiceField()
    kwartal = forms.ChoiceField()
    miejsc = forms.IntegerField(min_value=1, max_value=1_000)
    sluchaczy = forms.IntegerField(min_value=0, max_value=10_000, initial=0)
    miejsce = forms.CharField(max_length=300, required=False)
    odnosnik = forms.URLField(max_length=200, required=False, assume_scheme="https")
    trener = forms.ChoiceField(required=False)

    def __init__(
        self,
        lang: Lang,
        *args: Any,
        settings: EditionSettings,
        organisers: list[Organisation],
        **more: Any,
    ) -> None:
        super().__init__(lang, *args, **more)
        t, choose = words(lang), [("", words(lang)["desk_choose_one"])]
        self._lang, self._organisers = lang, {one.pk: one for one in organisers}
        self._trainers = {str(one.pk): one for one in trainers()}
        options = {
            "organizator": [(one.pk, one.short) for one in organisers],
            "rodzaj": [(kind.value, kind_name(kind, lang)) for kind in Kind],
            "obszar": choose + [(area, area_name(area, lang)) for area in settings.areas],
            "kwartal": choose + [(one, one.replace("-Q", " / ")) for one in quarters(settings)],
            "trener": [("", t["desk_no_trainer"])]
            + [(key, one.name or one.email) for key, one in self._trainers.items()],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices
        for at in range(1, MOST_DAYS + 1):
            self._add_row(at, t)

    def _add_row(self, at: int, t: Any) -> None:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        kinds = {"dzien": forms.DateField(required=False, widget=day)}
        for name in ("od", "do"):
            hour = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            kinds[name] = forms.TimeField(required=False, widget=hour)
        for name, field in kinds.items():
            field.label = f"{t[f'desk_field_{name}']} {at}"
            self.fields[f"{name}-{at}"] = field

    @property
    def single(self) -> list[Any]:
        """Fields that stand once."""
        return [self[name] for name in self.fields if "-" not in name]

    @property
    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Days, each with its three fields."""
        for at in range(1, MOST_DAYS + 1):
            yield at, [self[f"{name}-{at}"] for name in _ROW]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for at in range(1, MOST_DAYS + 1):
            row = [found.get(f"{name}-{at}") for name in _ROW]
            if any(row) and not all(row) and not self._row_is_wrong(at):
                self.add_error(f"dzien-{at}", words(self._lang)["desk_day_incomplete"])
        return found

    def _row_is_wrong(self, at: int) -> bool:
        return any(f"{name}-{at}" in self.errors for name in _ROW)

    def plan(self) -> Plan:
        """What was filled in; the form is valid."""
        told = self.cleaned_data
        return Plan(
            organiser=self._organisers[told["organizator"]],
            kind=Kind(told["rodzaj"]),
            area=told["obszar"],
            quarter=told["kwartal"],
            title=told["nazwa"],
            capacity=told["miejsc"],
            days=tuple(self._days()),
            place=told["miejsce"],
            link=told["odnosnik"],
            trainer=self._trainers.get(told["trener"]),
            listener_places=told["sluchaczy"],
        )

    def _days(self) -> Iterator[tuple[datetime, datetime]]:
        for at in range(1, MOST_DAYS + 1):
            day, starts, ends = (self.cleaned_data[f"{name}-{at}"] for name in _ROW)
            if day:
                yield _moment(day, starts), _moment(day, ends)


def initial_of(plan: Plan) -> dict[str, Any]:
    """A plan as the form shows it."""
    found: dict[str, Any] = {
        "nazwa": plan.title,
        "organizator": plan.organiser.pk,
        "rodzaj": Kind(plan.kind).value,
        "obszar": plan.area,
        "kwartal": plan.quarter,
        "miejsc": plan.capacity,
        "sluchaczy": plan.listener_places,
        "miejsce": plan.place,
        "odnosnik": plan.link,
        "trener": str(plan.trainer.pk) if plan.trainer else "",
    }
    for at, (starts, ends) in enumerate(plan.days, start=1):
        starts, ends = timezone.localtime(starts), timezone.localtime(ends)
        found |= {f"dzien-{at}": starts.date(), f"od-{at}": starts.time(), f"do-{at}": ends.time()}
    return found


def quarters(settings: EditionSettings) -> list[str]:
    """``2022-Q1`` and on, of the years of the edition."""
    first, last = settings.years
    return [f"{year}-Q{quarter}" for year in range(first, last + 1) for quarter in range(1, 5)]


def trainers() -> list[Person]:
    """People who may be given a training."""
    held = Membership.objects.filter(role="trainer").values("person")
    return list(Person.objects.filter(pk__in=held, is_active=True).order_by("name", "email"))


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE)
