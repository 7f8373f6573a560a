"""How many tokens a text has, where no server counted them."""

BYTES_PER_TOKEN = 4
"""About right for English and code on the common tokenizers, and on the safe side for scripts of three bytes a letter
(https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them).
"""


def estimate_tokens(text: str) -> int:
    """The estimated number of tokens of *text*, rounded up."""
    return -(-len(text.encode(errors="replace")) // BYTES_PER_TOKEN)
