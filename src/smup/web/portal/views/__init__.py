"""One module per kind of page; a view finds things, builds plain values, renders a template."""
