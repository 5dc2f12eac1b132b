"""Recruitment of local governments for trainings: rules, state, and the actions that change it."""
