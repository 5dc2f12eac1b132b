"""Pages for people: server-rendered, complete without script, Polish first and English second."""
