"""Addresses of accounts. Registered once: the language follows the address (``/en/konto/…``).

Names of allauth's views are kept, so that it finds its own pages. Those that write are one
transaction with the record of the write (``letters.notice``).
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.conf import settings
from django.db.transaction import atomic
from django.urls import URLPattern, URLResolver, include, path

from smup.web.accounts import audit, home, outbox, outbox_letters, people, privacy, start

_FACTOR = "konto/drugi-skladnik"

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto", home.home, name="accounts_home"),
    path("konto/start", start.start, name="accounts_start"),
    path("konto/osoby", people.people_list, name="accounts_people"),
    path("konto/osoby/zapros", people.invite, name="accounts_invite"),
    path("konto/osoby/<int:number>", people.person, name="accounts_person"),
    path("konto/osoby/<int:number>/rola", people.give_role, name="accounts_give_role"),
    path(
        "konto/osoby/<int:number>/rola/<int:membership>/odbierz",
        people.take_role,
        name="accounts_take_role",
    ),
    path("konto/osoby/<int:number>/odnosnik", people.new_link, name="accounts_new_link"),
    path("konto/osoby/<int:number>/<str:what>", people.change, name="accounts_change"),
    path("konto/dziennik", audit.audit, name="accounts_audit"),
    path("konto/dziennik.<str:form>", audit.audit_file, name="accounts_audit_file"),
    path("konto/poczta", outbox.outbox, name="accounts_outbox"),
    path("konto/poczta/<int:number>", outbox.message, name="accounts_outbox_message"),
    path("konto/poczta/wzory", outbox_letters.letter_list, name="accounts_outbox_letters"),
    path("konto/poczta/wzory/<str:name>", outbox_letters.letter, name="accounts_outbox_letter"),
    path("konto/prywatnosc", privacy.privacy, name="accounts_privacy"),
    path("konto/prywatnosc/plik", privacy.export, name="accounts_privacy_export"),
    path("konto/prywatnosc/usun", privacy.erase, name="accounts_privacy_erase"),
    path("konto/logowanie", account.login, name="account_login"),
    path("konto/logowanie/klucz", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("konto/wyloguj", account.logout, name="account_logout"),
    path("konto/zalozenie", account.signup, name="account_signup"),
    path("konto/nieaktywne", account.account_inactive, name="account_inactive"),
    path("konto/potwierdz", account.reauthenticate, name="account_reauthenticate"),
    path("konto/haslo", atomic(account.password_change), name="account_change_password"),
    path("konto/haslo/ustaw", atomic(account.password_set), name="account_set_password"),
    path("konto/haslo/zapomniane", account.password_reset, name="account_reset_password"),
    path("konto/haslo/wyslane", account.password_reset_done, name="account_reset_password_done"),
    path("konto/sesje", sessions.list_usersessions, name="usersessions_list"),
    path(_FACTOR, mfa.index, name="mfa_index"),
    path(f"{_FACTOR}/podaj", mfa.authenticate, name="mfa_authenticate"),
    path(f"{_FACTOR}/potwierdz", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(f"{_FACTOR}/aplikacja", atomic(totp.activate_totp), name="mfa_activate_totp"),
    path(f"{_FACTOR}/aplikacja/wylacz", atomic(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_FACTOR}/kody", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{_FACTOR}/kody/nowe",
        atomic(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_FACTOR}/kody/plik", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path(f"{_FACTOR}/klucze", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(f"{_FACTOR}/klucze/dodaj", atomic(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        f"{_FACTOR}/klucze/potwierdz",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{_FACTOR}/klucze/<int:pk>", atomic(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        f"{_FACTOR}/klucze/<int:pk>/usun",
        atomic(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]

if settings.SMUP_OIDC is not None:
    from allauth.socialaccount import views as elsewhere

    urlpatterns += [
        path(
            "konto/zewnetrzne/anulowane",
            elsewhere.login_cancelled,
            name="socialaccount_login_cancelled",
        ),
        path("konto/zewnetrzne/blad", elsewhere.login_error, name="socialaccount_login_error"),
        path("konto/zewnetrzne/zalozenie", elsewhere.signup, name="socialaccount_signup"),
        path("konto/zewnetrzne/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
