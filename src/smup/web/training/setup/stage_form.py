"""The form of a stage: dates, quarters, areas, and a grid of places."""

from datetime import datetime
from typing import Any

from django import forms

from smup.language import Lang
from smup.language.dates import ZONE
from smup.training.actions.setting_up import StagePlan
from smup.training.naming import area_name, queue_name
from smup.training.rules.kinds import Kind
from smup.training.rules.queues import Places, QueueKey
from smup.training.rules.settings import EditionSettings
from smup.web.people.words import words
from smup.web.training.setup.forms import SetupForm, reason

MOST_PLACES = 100_000
_ONLINE = QueueKey(Kind.ONLINE)
# Fields of the rules -> fields of the form.
FIELDS = {"kinds": "online", "capacities": "online"}
_FORM = "%Y-%m-%dT%H:%M"


def moment() -> forms.DateTimeField:
    """A moment on the wall clock of Poland."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORM)
    return forms.DateTimeField(input_formats=[_FORM, "%Y-%m-%dT%H:%M:%S"], widget=widget)


class StageForm(SetupForm):
    """What is decided of a planned stage. An area is on offer where it has a number of places."""

    opens = moment()
    closes = moment()
    quarters = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    only_reserve = forms.BooleanField(required=False)

    def __init__(self, lang: Lang, settings: EditionSettings, *args: Any, **more: Any) -> None:
        super().__init__(lang, *args, **more)
        self.settings = settings
        first, last = settings.years
        quarters = [f"{year}-Q{n}" for year in range(first, last + 1) for n in range(1, 5)]
        self.fields["quarters"].choices = [(one, quarter_name(one, lang)) for one in quarters]
        _add_places(self, settings, required=False)

    @property
    def places_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in _names(self.settings)]

    @property
    def date_fields(self) -> list[forms.BoundField]:
        return [self["opens"], self["closes"], self["quarters"]]

    def plan(self) -> StagePlan:
        told = self.cleaned_data
        places = _places(self, self.settings)
        areas = tuple(queue.area for queue in places if queue.area is not None)
        return StagePlan(
            told["opens"],
            told["closes"],
            areas,
            tuple(told["quarters"]),
            places,
            told["only_reserve"],
        )


class PlacesForm(SetupForm):
    """New numbers of places of an announced stage, for the queues it has."""

    def __init__(
        self, lang: Lang, settings: EditionSettings, now: Places, *args: Any, **more: Any
    ) -> None:
        super().__init__(lang, *args, initial=initial_places(now), **more)
        self.settings, self.now = settings, now
        for queue in now:
            self.fields[name_of(queue)] = _number(queue, lang, required=True)
        self.fields["why"] = reason()
        self.fields["why"].label = words(lang)["setup_field_why"]

    def places(self) -> dict[QueueKey, int]:
        return {queue: self.cleaned_data[name_of(queue)] for queue in self.now}


def initial_of(plan: StagePlan) -> dict[str, object]:
    """A plan as the form shows it."""
    return {
        "opens": _local(plan.opens),
        "closes": _local(plan.closes),
        "quarters": list(plan.quarters),
        "only_reserve": plan.only_reserve,
    } | initial_places(plan.places)


def initial_places(places: Places) -> dict[str, object]:
    return {name_of(queue): persons for queue, persons in places.items()}


def quarter_name(quarter: str, lang: Lang) -> str:
    """ "I kwartał 2022"."""
    year, n = quarter.split("-Q")
    return words(lang)["setup_quarter"].format(n=("I", "II", "III", "IV")[int(n) - 1], year=year)


def name_of(queue: QueueKey) -> str:
    """The name of its field: ``online``, ``area-edukacja``."""
    return "online" if queue.area is None else f"area-{queue.area}"


def _names(settings: EditionSettings) -> list[str]:
    return ["online", *(f"area-{area}" for area in settings.areas)]


def _add_places(form: SetupForm, settings: EditionSettings, *, required: bool) -> None:
    queues = [_ONLINE, *(QueueKey(Kind.IN_PERSON, area) for area in settings.areas)]
    for queue in queues:
        form.fields[name_of(queue)] = _number(queue, form.lang, required=required)


def _number(queue: QueueKey, lang: Lang, *, required: bool) -> forms.IntegerField:
    label = queue_name(queue, lang) if queue.area is None else area_name(queue.area, lang)
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=MOST_PLACES)


def _places(form: SetupForm, settings: EditionSettings) -> dict[QueueKey, int]:
    queues = [_ONLINE, *(QueueKey(Kind.IN_PERSON, area) for area in settings.areas)]
    told = {queue: form.cleaned_data.get(name_of(queue)) for queue in queues}
    return {queue: persons for queue, persons in told.items() if persons is not None}


def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE)
