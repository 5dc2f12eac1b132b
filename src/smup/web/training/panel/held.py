"""What is held of the people of a registration, shown to its contact person and given out."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse

from smup.language import Lang
from smup.telling.addresses import Addresses
from smup.training.models import Registration
from smup.web.training.kept import saved
from smup.web.training.page import show_training
from smup.web.training.panel.entering import PATH, of_contact

_OF_CASE = (
    "unit", "unit_name", "nip", "office_name", "office_address", "headcount", "contact_name",
    "contact_phone", "contact_email", "status", "arrived_at", "rules_version",
)  # fmt: skip
_OF_PERSON = ("name", "surname", "email", "sex", "kind", "area", "state")


@of_contact
def data(request: HttpRequest, lang: Lang, case: Registration) -> HttpResponse:
    """Which data of whom, why and for how long."""
    rules = case.edition.rules
    context = {
        "case": case,
        "people": case.participants.order_by("order", "pk"),
        "years": round(rules.retention_days / 365.25, 1),
        "days": rules.retention_days,
        "back": Addresses(lang).page(PATH),
        "file": Addresses(lang).page(f"{PATH}/dane.json"),
    }
    return show_training(request, "panel/data.html", context, lang, rules)


@of_contact
def data_file(request: HttpRequest, lang: Lang, case: Registration) -> HttpResponse:
    """The same as a file. Only of this registration: the e-mail in it may have been typed by
    somebody else than its owner."""
    people = case.participants.order_by("order", "pk").prefetch_related("declarations")
    held = {
        "registration": {name: getattr(case, name) for name in _OF_CASE},
        "participants": [
            {name: getattr(one, name) for name in _OF_PERSON}
            | {
                "declarations": [
                    {"kind": each.kind, "delivered_at": each.delivered_at}
                    for each in one.declarations.all()
                ]
            }
            for one in people
        ],
        "questions": list(case.questions.values("text", "answer", "asked_at")),
    }
    content = json.dumps(held, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    return saved(content.encode(), "application/json", f"dane-zgloszenia-{case.number}.json")
