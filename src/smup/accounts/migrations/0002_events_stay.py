"""The database keeps the record of writes: no row is changed, none deleted before its time."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """
CREATE TRIGGER accounts_event_no_update BEFORE UPDATE ON accounts_event
BEGIN SELECT RAISE(ABORT, 'accounts_event: a row is never changed'); END;
CREATE TRIGGER accounts_event_no_delete BEFORE DELETE ON accounts_event
WHEN OLD.at > datetime('now', '-2 years')
BEGIN SELECT RAISE(ABORT, 'accounts_event: a row is kept for two years'); END;
"""
POSTGRESQL = """
CREATE FUNCTION accounts_event_stays() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at <= now() - interval '2 years' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'accounts_event: a row is kept for two years';
    END IF;
    RAISE EXCEPTION 'accounts_event: a row is never changed';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER accounts_event_row BEFORE UPDATE OR DELETE ON accounts_event
    FOR EACH ROW EXECUTE FUNCTION accounts_event_stays();
CREATE TRIGGER accounts_event_all BEFORE TRUNCATE ON accounts_event
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_event_stays();
"""


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for statement in SQLITE.split("END;")[:-1]:
            schema_editor.execute(f"{statement}END")
    else:
        schema_editor.execute(POSTGRESQL, params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("accounts", "0001_initial")]
    operations: ClassVar[list[object]] = [migrations.RunPython(guard)]
