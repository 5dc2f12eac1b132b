"""Signing in through a provider of OpenID Connect: for people who were invited, and no others."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Hooks of allauth."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False
