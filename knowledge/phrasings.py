"""Other words in which people ask for a passage: ``phrasings/<document>.yaml``, slug to phrases.

They stand in both indexes behind the passage and in no answer: what is quoted is the passage alone. Documents that a site
adds have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from panel.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parent / "phrasings"


def phrasing(passage: str) -> str:
    """The phrases for the passage of that id, as one text; empty where there are none.

    Raises:
        ConfigurationError: the document's file is broken.
    """
    document, _, slug = passage.partition("#")
    return ". ".join(_of(document).get(slug, ()))


@cache
def _of(document: str) -> Mapping[str, tuple[str, ...]]:
    path = FOLDER / f"{document}.yaml"
    try:
        rows = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        return {}
    except (OSError, yaml.YAMLError):
        raise ConfigurationError(path.name, "cannot be read as YAML", "Reinstall the package") from None
    if not isinstance(rows, dict) or not all(isinstance(v, list) for v in rows.values()):
        raise ConfigurationError(path.name, "is not `slug: [phrase, …]`", "Reinstall the package")
    return {str(slug): tuple(str(phrase) for phrase in phrases) for slug, phrases in rows.items()}
