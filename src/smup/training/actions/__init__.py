"""The only door to the state of recruitment and training.

Each action checks the rules, writes, records who and why, and puts the letters that follow into
the outbox, in one transaction: all of it happens or nothing.
"""
