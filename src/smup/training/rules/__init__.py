"""The rules of recruitment: pure functions of what they are given, without database or clock."""
