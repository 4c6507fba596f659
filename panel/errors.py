"""What can go wrong at the public doors: one hierarchy, one line each, never with patient text.

PanelError
├── InputError        bad case file, folder, bundle or document       (exit 2)
├── UsageError        bad option, unknown run, unusable rulings file  (exit 2)
├── ConfigurationError a data file of ours (rules, criteria) is broken (exit 2)
├── ModelError        a model cannot be reached or is not fit to be used (exit 2)
│   └── ModelLost     it answered, and then no longer: the run is kept and can be resumed
└── StoreError        the run store cannot be read, written or locked (exit 2)
"""


class PanelError(Exception):
    """A problem the user can mend; shown as one line, ``where: what. Remedy.``

    Args:
        where: the file, field or run concerned (never patient text).
        what: what is wrong with it.
        remedy: what to do about it.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        super().__init__(self.line)

    @property
    def line(self) -> str:
        """The whole message on one line, control characters removed."""
        text = f"{self.where}: {self.what}. {self.remedy}"
        return "".join(c if c.isprintable() else " " for c in text)

    def __reduce__(self) -> tuple[type["PanelError"], tuple[str, str, str]]:
        return (type(self), (self.where, self.what, self.remedy))


class InputError(PanelError):
    """A case, folder, bundle or document cannot be read."""


class UsageError(PanelError):
    """A command was given something it cannot use: a run that is not there, a ruling on no conflict."""


class ConfigurationError(PanelError):
    """One of the project's own data files (rules, criteria, lexicon) is broken."""


class StoreError(PanelError):
    """The run store cannot be read, written or locked."""


class ModelError(PanelError):
    """A model cannot be reached, or is not what it should be."""


class ModelLost(ModelError):
    """A model that had answered no longer does; what was done is kept, and the run can be resumed."""
