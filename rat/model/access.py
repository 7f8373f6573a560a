"""What a run may reach: addresses and secrets, from flags and the environment."""

from dataclasses import dataclass, field
from urllib.parse import unquote


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """Addresses and secrets; the secrets never show in a `repr`. Empty means unset."""

    github_token: str = field(default="", repr=False)
    github_api_url: str = "https://api.github.com"
    github_server_url: str = "https://github.com"
    github_repository: str = ""
    jira_url: str = ""
    jira_email: str = ""
    jira_token: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    base_url: str = ""
    model: str = ""
    ledger: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never leave the process."""
        password = self.ledger.partition("://")[2].rpartition("@")[0].partition(":")[2]
        values = (self.github_token, self.jira_token, self.api_key, password, unquote(password))
        return tuple(dict.fromkeys(value for value in values if value))
