"""Forms of accounts. Labels are ours; troubles are tied to their fields."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from smup.accounts import people
from smup.accounts.models import Organisation, Person
from smup.accounts.roles import table
from smup.language import Lang
from smup.web.accounts import letters
from smup.web.people.words import words

_EVERYWHERE = ""


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    password1 = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, who: Person, lang: Lang, data: Any = None) -> None:
        super().__init__(data)
        self.who, self.lang = who, lang
        _label(self, lang, password1="accounts_password_new", password2="accounts_password_again")
        self.fields["password1"].help_text = words(lang)["accounts_password_rules"]

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.who)
        return password

    def clean(self) -> None:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", words(self.lang)["accounts_password_differs"])


class SignInForm(LoginForm):
    """Labels stand above the fields; the way to a new password is on the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        _without_placeholders(self)


class NewPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = words(_current())["accounts_password_rules"]
        _without_placeholders(self)


class ForgottenForm(ResetPasswordForm):
    """Sends a link of ours, whose key is not in the path; says the same to everybody."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        with transaction.atomic():
            found = people.reset_link(email)
            if found is not None:
                letters.new_password(request, *found)
        return email


class KeyForm(AddWebAuthnForm):
    """The name of a passkey, labelled in the language of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_key(self)


class KeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_key(self)


class RoleForm(forms.Form):
    """A role, in one organisation or in all."""

    role = forms.ChoiceField()
    organisation = forms.ChoiceField(required=False)

    def __init__(self, lang: Lang, data: Any = None) -> None:
        super().__init__(data)
        self.lang = lang
        _label(self, lang, role="accounts_role", organisation="accounts_organisation")
        roles = [(name, role.name[lang]) for name, role in table().roles.items()]
        self.fields["role"].choices = roles
        everywhere = (_EVERYWHERE, words(lang)["accounts_everywhere"])
        held = [(one.pk, str(one)) for one in Organisation.objects.all()]
        self.fields["organisation"].choices = [everywhere, *held]

    @property
    def where(self) -> str | None:
        return self.cleaned_data["organisation"] or None


class InviteForm(RoleForm):
    """Whom to invite, and with which role."""

    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(max_length=120, required=False)
    language = forms.ChoiceField(choices=[("pl", "polski"), ("en", "English")])
    field_order = ("email", "name", "role", "organisation", "language")

    def __init__(self, lang: Lang, data: Any = None) -> None:
        super().__init__(lang, data)
        _label(
            self,
            lang,
            email="accounts_email",
            name="accounts_name",
            language="accounts_letters_in",
        )


class ReasonForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(max_length=500, widget=forms.TextInput())

    def __init__(self, lang: Lang, data: Any = None) -> None:
        super().__init__(data)
        _label(self, lang, why="accounts_why")
        self.fields["why"].help_text = words(lang)["accounts_why_help"]


def _label(form: forms.Form, lang: Lang, **keys: str) -> None:
    for field, key in keys.items():
        form.fields[field].label = words(lang)[key]


def _name_key(form: forms.Form) -> None:
    _label(form, _current(), name="accounts_key_name")


def _without_placeholders(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _current() -> Lang:
    """The language of the page, where a form of allauth is not told."""
    return "en" if get_language() == "en" else "pl"
