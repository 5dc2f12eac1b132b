"""Words of roles in templates."""

from django import template

from smup.accounts.roles import table
from smup.language import Lang

register = template.Library()


def role_name(role: str, lang: Lang) -> str:
    """A role in words; one that is no longer in the table shows itself."""
    found = table().roles.get(role)
    return role if found is None else found.name[lang]


register.filter("role_name", role_name)
