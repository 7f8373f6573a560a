# ruff: noqa: E501, RUF001
"""The words that readiness rules look for, in the languages that we could look up, as patterns that run in linear time."""

import re

_FIRST_WIDE = "\u3000"


def phrases(*alternatives: str) -> re.Pattern[str]:
    """A pattern for any of the *alternatives*, as whole words in scripts that have word borders."""
    spaced = "|".join(one for one in alternatives if one[0] < _FIRST_WIDE)
    wide = "".join(f"|{one}" for one in alternatives if one[0] >= _FIRST_WIDE)
    return re.compile(rf"\b(?:{spaced})\b{wide}", re.IGNORECASE)


SHOULD = phrases(
    "should(?:n't| not)?", "expected", "expecting", "(?:i|we|would|one|you|to) expect", "ought", "must(?: not)?", "instead of", "rather than", "supposed to", "would like", "needs? to", "has to", "correct (?:result|answer|output|behaviou?r)",
    "sollten?", "erwartet(?:e|en)?", "statt(?:dessen)?", "anstatt", "muss", "devrait", "doit", "attendu", "au lieu de", "debería", "deberia", "debe", "esperado", "esperaba", "en lugar de", "deveria", "deve",
    "ao invés de", "dovrebbe", "invece di", "zou moeten", "verwacht", "powinien", "powinno", "должен", "должна", "должно", "ожида\\w*", "вместо", "应该", "应当", "预期", "期望", "期待", "べき", "はず", "해야", "기대",
)  # fmt: skip
RESULT = phrases(
    "should (?:not |never )?be (?:\\w{2,20}ed|found|given|hidden|kept|left|paid|sent|shown|taken|told|written)"
)
"""A wish that says what is done to something, which can be seen to have happened or not."""
OBSERVED = phrases(
    "fail(?:s|ed|ing|ure)?", "crash(?:es|ed|ing)?", "errors?", "exceptions?", "raise(?:s|d)?", "throw(?:s|n)?", "return(?:s|ed)?", "gives?", "gave", "shows?", "prints?", "outputs?", "produces?", "results? in",
    "wrong(?:ly)?", "incorrect(?:ly)?", "broken?", "breaks?", "missing", "does(?:n't| not)", "do(?:n't| not)", "is(?:n't| not)", "can(?:not|'t)", "no longer", "never", "hangs?", "freezes?", "ignore[sd]?", "bug", "but",
    "instead", "unexpected(?:ly)?", "incomplete(?:ly)?", "inconsistent(?:ly)?", "inaccurate(?:ly)?", "misleading(?:ly)?", "duplicate[sd]?", "lost", "loses", "unable", "slow(?:er)?", "leaks?", "times? out", "timed out", "not work(?:ing)?", "stops?", "stopped", "bleibt", "schlägt", "fehl\\w*", "stürzt", "falsch", "nicht", "kein\\w*", "échoue", "erreur", "plante", "pas",
    "falla", "fallo", "incorrecto", "no", "falha", "erro", "não", "errore", "non", "fout\\w*", "niet", "błąd", "nie", "ошибк\\w*", "не", "падает", "错误", "失败", "报错", "无法", "不能", "エラー", "失敗", "できない", "ない", "오류", "실패",
)  # fmt: skip
TRIGGER = phrases(
    "when", "whenever", "if", "after", "while", "once", "run(?:ning|s)?", "open(?:ing)?", "click(?:ing)?", "call(?:ing|s)?", "execut\\w+", "typ(?:e|ing)", "press(?:ing)?", "select(?:ing)?", "using", "with", "try(?:ing)?",
    "given", "for example", "e\\.g\\.", "following", "wenn", "sobald", "nach", "beim", "quand", "lorsque", "après", "cuando", "al", "después", "quando", "ao", "dopo", "wanneer", "als", "gdy", "po", "когда", "при", "если",
    "当", "点击", "运行", "打开", "如果", "とき", "場合", "すると", "クリック", "하면", "때",
)  # fmt: skip
VALUE = phrases(
    "so that", "so (?:i|we|you|users|people|they) can", "for use with", "work-?arounds?", "because", "in order to", "as an? [^\\n,]{2,60},? i (?:want|need|would|can)", "to avoid", "have to", "has to", "forced? to", "would (?:help|allow|enable|let|save|reduce)", "useful (?:for|when|to|because)", "need(?:s|ed)? (?:to|for)",
    "can(?:not|'t)", "unable to", "currently", "at the moment", "lets?", "saves?", "which means", "otherwise", "customers?", "users? (?:can|cannot|have|need|want|lose|complain)", "damit", "weil", "derzeit", "afin (?:de|que)", "parce que", "pour que",
    "actuellement", "para que", "porque", "actualmente", "atualmente", "affinché", "perché", "attualmente", "zodat", "omdat", "aby", "ponieważ", "чтобы", "потому что", "сейчас", "以便", "因为", "目前", "ため", "ので", "위해", "때문",
)  # fmt: skip
DONE = phrases(
    "(?:done|finished|accepted|complete) (?:when|if|once|as soon as)",
    "we are done",
    "fertig,? wenn",
    "terminé quand",
    "listo cuando",
    "готово,? когда",
)
LIMIT = phrases(
    "only", "out of scope", "not part of", "limited to", "does not include", "doesn't include", "except(?: for)?", "exclud\\w+", "not included", "no (?:changes?|need)", "without chang\\w+", "unchanged", "unaffected", "leave[sd]? alone", "later ticket",
    "follow-?up", "nur", "nicht teil", "ausgenommen", "seulement", "uniquement", "hors", "sauf", "solo", "solamente", "excepto", "apenas", "somente", "soltanto", "alleen", "tylko", "только", "кроме", "仅", "只", "のみ", "だけ", "만",
)  # fmt: skip
CHOICE = phrases("alternativ\\w+", "instead of", "rather than", "another (?:way|option|approach)", "other options?", "(?:we )?considered", "rejected", "ruled out", "why not", "could also", "compared (?:to|with)", "versus", "vs", "trade-?offs?", "option [ab12]", "ablehn\\w+", "替代", "代替", "대안")  # fmt: skip
SYSTEM = phrases(
    "windows(?: \\d+)?", "linux", "macos", "mac os(?: x)?", "osx", "ubuntu", "debian", "fedora", "centos", "rhel", "alpine", "android", "ios", "chrome", "chromium", "firefox", "safari", "edge", "docker", "kubernetes", "k8s", "openshift",
    "node(?:\\.?js)?", "python ?\\d[\\d.]*", "java ?\\d+", "jdk ?\\d+", "postgres\\w*", "mysql", "staging", "production", "master(?: branch)?", "main branch", "latest (?:version|release|commit|main|master)", "nightly", "git head", "dev version", "version \\d\\S*",
)  # fmt: skip
TIME = re.compile(
    r"\b(?:\d+|one|two|three|four|five|half an?|ein|eine|zwei|un|une|deux|dos|três|due|tre)[ -]?(?:h|hours?|days?|weeks?|sprints?|pts?|points?|tage?n?|wochen?|stunden?|jours?|semaines?|heures?|días?|dias?|semanas?|horas?|giorni|ore)\b|\d+\s*(?:天|周|小时|日|週間|時間|일|시간)",
    re.IGNORECASE,
)
MEASURE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|percent|ms|seconds?|minutes?|s\b|x\b|times|users?|requests?|rps|qps|mb|gb|kb|errors?|tickets?|per)\b|\d+\s*%|(?:p50|p90|p95|p99)", re.IGNORECASE)  # fmt: skip
VERSION = re.compile(r"\bv?\d{1,4}\.\d{1,4}(?:\.\w{1,20})*\b|\b[0-9a-f]{7,40}\b(?=[^\w]|$)(?<=[a-f0-9])")

UNSURE = phrases(
    "(?:i'?m |am |are |is |was |be )?not (?:entirely |quite |really |completely |totally |100% )?(?:sure|certain|clear)", "unsure", "uncertain", "unclear", "no idea", "(?:do not|don'?t) (?:know|understand|see why)",
    "(?:i|i'm|am) wonder(?:ing)?", "(?:i )?(?:must|might|may) be (?:wrong|missing|doing)", "(?:have|did|am) i (?:misunderst\\w+|miss\\w*|doing)", "what (?:do you|does everyone) think", "thoughts", "any ideas?", "to be (?:discussed|decided|defined|determined)",
    "tbd", "needs? (?:discussion|to be discussed)", "nicht sicher", "weiß nicht", "unklar", "pas sûre?", "je ne sais pas", "no estoy segur[oa]", "no sé", "não sei", "não tenho certeza", "non sono sicur[oa]", "non so", "не уверен\\w*", "не знаю", "不确定", "不知道", "わからない", "分からない", "모르겠",
)  # fmt: skip
UNNAMED = phrases(
    "under certain", "(?:a |in )?(?:certain|particular|specific|some) (?:cases?|conditions?|situations?|circumstances|options?|parameters?|functions?|features?|versions?|changes?|types?|ways?|expressions?|operations?|configurations?|library|module|method|class|value|input|scenarios?)",
    "unexpected (?:behaviou?r|results?|outputs?|issues?|errors?)", "potential (?:confusion|issues?|problems?)", "some(?:how| kind of| sort of)", "stuff", "various", "etc", "and so on", "in some cases", "does(?:n't| not) work(?: properly| correctly| as expected)?", "weird", "strange",
    "irgendwie", "usw", "und so weiter", "de alguna manera", "d'une manière ou d'une autre", "как-то", "и так далее", "某些", "等等", "なんか", "など",
)  # fmt: skip
VAGUE = phrases(
    "user[- ]friendly", "intuitive(?:ly)?", "easy(?: to use)?", "easier", "seamless(?:ly)?", "robust(?:ly)?", "scalable", "flexible", "efficient(?:ly)?", "optimal(?:ly)?", "optimi[sz]ed?", "fast(?:er)?", "quick(?:ly|er)?", "better", "improve(?:d|s|ment)?", "nice(?:r|ly)?",
    "properly", "appropriate(?:ly)?", "adequate(?:ly)?", "reasonabl[ey]", "sufficient(?:ly)?", "as needed", "if (?:possible|necessary|needed)", "where (?:appropriate|possible|needed)", "and/or", "a lot", "clean(?:er)?", "modern", "state of the art", "simple", "simpler", "performant", "high quality", "good(?: enough)?",
    "benutzerfreundlich", "intuitiv", "schnell(?:er)?", "besser", "einfach", "irgendwie", "usw", "convivial", "rapide(?:ment)?", "meilleure?", "facile", "amigable", "rápido", "mejor", "fácil", "melhor", "migliore", "veloce", "удобн\\w+", "быстр\\w+", "лучше", "更好", "用户友好", "尽快", "快速", "使いやすい", "速い", "適切",
)  # fmt: skip
ELSEWHERE = phrases(
    "as (?:we )?discussed", "as (?:we )?(?:talked about|agreed|mentioned)(?: (?:earlier|before|yesterday|in the meeting|on (?:slack|teams)|offline))?", "(?:see|per|from|in) (?:the )?(?:slack|teams|meeting|e-?mail|call|stand-?up|chat)(?: thread| discussion| notes)?",
    "you know (?:what|how|the)", "the usual(?: way| stuff| thing)?", "same as (?:last time|before|always)", "like (?:last time|before|we said)", "wie besprochen", "wie immer", "comme (?:convenu|discuté)", "como (?:hablamos|acordado|combinado)", "come (?:discusso|concordato)", "как обсуждали", "如之前讨论", "如讨论", "先日の件",
)  # fmt: skip
NEGATION = re.compile(
    r"\b(?:not|no|never|n't|without|cannot)\b|n't\b|\bnicht\b|\bkein\w*\b|\bpas\b|\bно\b|\bне\b|不", re.IGNORECASE
)

GENERIC = frozenset((
    "the", "and", "for", "that", "this", "with", "are", "was", "were", "has", "have", "had", "not", "but",
    "you", "your", "our", "its", "they", "them", "there", "here", "when", "then", "than", "which", "what",
    "who", "how", "why", "can", "could", "should", "would", "will", "shall", "may", "might", "must", "does",
    "did", "done", "doing", "been", "being", "from", "into", "onto", "over", "under", "about", "after",
    "before", "also", "just", "like", "some", "any", "all", "each", "every", "other", "another", "such", "very",
    "more", "most", "much", "many", "only", "same", "still", "even", "work", "works", "working", "worked",
    "correct", "correctly", "proper", "properly", "fine", "expected", "expect", "normal", "normally", "error",
    "errors", "fail", "fails", "failed", "happen", "happens", "happened", "nothing", "something", "anything",
    "everything", "good", "bad", "better", "best", "okay", "thing", "things", "stuff", "issue", "issues",
    "problem", "problems", "bug", "bugs", "fix", "fixed", "fixes", "please", "thanks", "thank", "make", "makes",
    "need", "needs", "want", "wants", "use", "uses", "used", "using", "user", "users", "get", "gets", "way",
    "case", "cases", "time", "out", "see", "show", "shows", "new", "now", "too", "yes", "way", "well", "der",
    "die", "das", "und", "ist", "nicht", "ein", "eine", "les", "des", "une", "est", "pas", "los", "las", "una",
    "por", "que", "não", "non", "het", "een", "это", "как",
))  # fmt: skip
"""Words that say nothing about this ticket; "it should work as expected" is made of them alone."""
