"""YAML that a stranger may have written, read as fields, lists and words and nothing else.

A code such as 0201011 stays as it was written, without quotes around it too. What YAML has beyond
that is refused before anything is built of it: a page of text with references (``*name``) can stand
for more memory than there is, and nesting without an end for more calls.
"""

from typing import Any

import yaml

_DEEPEST = 6  # levels; a definition has three


class _Loader(yaml.BaseLoader):
    """One use each. Raises YAMLError for references, a key given twice, and deep nesting."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        is_reference = self.check_event(yaml.AliasEvent)
        mark = self.current_event.start_mark
        if is_reference:
            raise _refused(mark, "odwołania („*”) nie są tu dozwolone")
        if self._depth == _DEEPEST:
            raise _refused(mark, "zbyt głębokie zagnieżdżenie")
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise _refused(key.start_mark, f"klucz „{key.value}” podano dwa razy")
            if isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """What the text says: dictionaries, lists and strings.

    Raises ValueError with the line and what is wrong there.
    """
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"wiersz {mark.line + 1}: " if mark else ""
        raise ValueError(f"{place}{(error.problem or '')[:200]}") from error
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0][:200]) from error


def _refused(mark: Any, why: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=why, problem_mark=mark)
