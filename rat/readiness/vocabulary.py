# ruff: noqa: E501, RUF001
"""The parts of a ticket and the headings under which people write them, in the languages that we could look up."""

import re
from functools import cache

HEADINGS: dict[str, tuple[str, ...]] = {
    "steps": (
        "steps to reproduce", "step to reproduce", "reproduction steps", "steps", "repro steps", "repro", "how to reproduce", "to reproduce", "reproduction",
        "minimal reproduction", "minimal reproducible example", "minimal example", "code for reproduction", "reproducible example", "reproducer", "test case", "code sample",
        "reproducible code", "code to reproduce", "example", "mre", "mwe", "command used", "reproduce the bug", "steps/code to reproduce", "code snippet",
        "schritte zum reproduzieren", "schritte", "reproduktion", "étapes pour reproduire", "étapes de reproduction", "étapes", "pasos para reproducir", "pasos", "passos para reproduzir",
        "passi per riprodurre", "stappen om te reproduceren", "kroki do odtworzenia", "шаги воспроизведения", "шаги для воспроизведения", "重现步骤", "复现步骤", "再現手順", "재현 방법",
    ),
    "expected": (
        "expected", "expected behavior", "expected behaviour", "expected result", "expected results", "expected outcome", "expected output", "what did you expect to happen",
        "what did you expect", "what you expected to happen", "what should happen", "expectation", "desired behavior", "desired behaviour", "correct behavior", "what's expected",
        "erwartetes verhalten", "erwartetes ergebnis", "erwartet", "comportement attendu", "résultat attendu", "attendu", "comportamiento esperado", "resultado esperado", "esperado",
        "comportamento esperado", "comportamento atteso", "risultato atteso", "verwacht gedrag", "verwacht resultaat", "oczekiwane zachowanie", "ожидаемый результат", "ожидаемое поведение",
        "预期行为", "预期结果", "期望行为", "期待される動作", "期待する動作", "예상 동작", "기대 동작",
    ),
    "actual": (
        "actual", "actual behavior", "actual behaviour", "actual result", "actual results", "actual outcome", "actual output", "current behavior", "current behaviour", "observed",
        "observed behavior", "observed behaviour", "observed result", "what happened", "what happened instead", "what actually happens", "what happens", "what is happening",
        "bug description", "bug summary", "describe the bug", "the bug", "describe the issue", "issue description", "error", "error message", "traceback", "stack trace", "pylint output", "output",
        "logs", "log output", "tatsächliches verhalten", "tatsächliches ergebnis", "fehlerbeschreibung", "comportement actuel", "résultat actuel", "comportement observé", "résultat obtenu",
        "comportamiento actual", "resultado actual", "comportamento atual", "resultado atual", "comportamento attuale", "risultato ottenuto", "huidig gedrag", "aktualne zachowanie", "фактический результат",
        "текущее поведение", "实际行为", "实际结果", "当前行为", "実際の動作", "実際の結果", "실제 동작",
    ),
    "environment": (
        "environment", "environment information", "env", "version", "versions", "system info", "system information", "system", "platform", "os", "operating system", "browser",
        "software version", "package version", "your environment", "versions and environment", "build", "device", "configuration", "affected version", "affects version", "affected versions",
        "package versions", "system settings", "umgebung", "environnement", "entorno", "ambiente", "omgeving", "środowisko", "окружение", "версия", "环境", "版本", "環境", "バージョン", "환경", "버전",
    ),
    "value": (
        "value", "business value", "why", "motivation", "user value", "benefit", "benefits", "rationale", "user story", "story", "use case", "use cases", "problem", "problem statement",
        "is your feature request related to a problem", "what problem does this solve", "what's the problem this feature will solve", "background", "context", "need", "reason", "justification",
        "customer value", "business case", "impact", "warum", "nutzen", "mehrwert", "motivation und nutzen", "hintergrund", "pourquoi", "valeur", "contexte", "motivación", "valor", "por qué", "contexto",
        "motivação", "motivazione", "valore", "waarom", "waarde", "dlaczego", "мотивация", "зачем", "背景", "动机", "動機", "목적", "배경",
    ),
    "acceptance-criteria": (
        "acceptance criteria", "acceptance criterion", "acceptance", "ac", "acs", "done when", "definition of done", "conditions of satisfaction", "success criteria", "exit criteria", "acceptance tests",
        "how to verify", "verification", "akzeptanzkriterien", "abnahmekriterien", "critères d'acceptation", "criterios de aceptación", "critérios de aceitação", "criteri di accettazione",
        "acceptatiecriteria", "kryteria akceptacji", "критерии приёмки", "критерии приемки", "验收标准", "受け入れ基準", "受入条件", "인수 조건",
    ),
    "scope": (
        "scope", "in scope", "out of scope", "scope and non-goals", "non-goals", "non goals", "nongoals", "goals and non-goals", "not in scope", "boundaries", "limits", "constraints",
        "affected components", "components", "umfang", "nicht im umfang", "abgrenzung", "périmètre", "hors périmètre", "alcance", "fuera de alcance", "escopo", "fora do escopo", "ambito", "buiten scope",
        "zakres", "объём работ", "范围", "対象範囲", "スコープ", "범위",
    ),
    "goal": (
        "goal", "goals", "objective", "objectives", "what", "description", "summary", "task", "todo", "what needs to be done", "deliverable", "deliverables", "overview", "purpose",
        "ziel", "ziele", "beschreibung", "aufgabe", "objectif", "objectifs", "description", "objetivo", "objetivos", "descripción", "descrição", "obiettivo", "doel", "cel", "цель", "описание", "目标", "描述", "目的", "概要", "설명",
    ),
    "breakdown": (
        "breakdown", "stories", "tasks", "user stories", "child issues", "children", "sub-tasks", "subtasks", "milestones", "phases", "work items", "implementation plan", "plan", "roadmap", "tickets",
        "aufgaben", "teilaufgaben", "tâches", "tareas", "tarefas", "attività", "taken", "zadania", "задачи", "任务", "タスク", "작업",
    ),
    "success-measure": (
        "success", "success metrics", "metrics", "measure of success", "success measures", "kpi", "kpis", "outcome", "outcomes", "key results", "erfolgskriterien", "indicateurs", "métricas", "metriche",
    ),
    "problem": (
        "problem", "problem statement", "motivation", "background", "context", "why", "current situation", "current state", "pain points", "is your feature request related to a problem", "need", "summary",
        "customer problem", "user problem", "the problem", "problème", "problema", "probleem", "проблема", "问题", "課題", "문제",
    ),
    "proposal": (
        "proposal", "proposed solution", "solution", "describe the solution you'd like", "proposed change", "design", "detailed design", "design details", "guide-level explanation", "suggestion", "approach", "feature",
        "reference-level explanation", "requirements", "request", "what would you like to be added", "feature request", "lösung", "vorschlag", "lösungsvorschlag", "solution proposée", "propuesta", "solución",
        "proposta", "voorstel", "propozycja", "предложение", "решение", "建议", "提案", "解决方案", "제안",
    ),
    "alternatives": (
        "alternatives", "alternatives considered", "describe alternatives you've considered", "rationale and alternatives", "other options", "alternative", "alternativen", "alternativas", "alternative considerate",
        "альтернативы", "替代方案", "代替案", "대안",
    ),
    "question": (
        "question", "questions", "questions to answer", "research question", "hypothesis", "unknowns", "what do we want to learn", "frage", "fragen", "pregunta", "pergunta", "domanda", "vraag", "вопрос", "问题", "質問", "질문",
    ),
    "time-box": ("time-box", "timebox", "time box", "effort", "duration", "deadline", "time limit", "zeitrahmen", "durée", "plazo", "prazo", "срок", "时间", "期限"),
    "outcome": (
        "outcome", "outcomes", "deliverable", "deliverables", "expected outcome", "output", "result", "results", "done when", "definition of done", "acceptance criteria", "ergebnis", "résultat", "resultado", "risultato", "результат",
    ),
    "tried": ("what i tried", "what have you tried", "tried", "attempts", "what i have tried", "code", "example", "environment", "version", "context"),
}  # fmt: skip
"""Part -> headings. A heading may serve several parts: "Motivation" is the value of a story and the problem of an RFE."""

_SHORT = 3
_WORDS = re.compile(r"[^\W_]+(?:['’/-][^\W_]+)*")


def part_of(heading: str) -> str | None:
    """The first part that *heading* usually introduces, or None."""
    return next(iter(parts_of(heading)), None)


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for part, names in HEADINGS.items():
        for name in names:
            index[_key(name)] = (*index.get(_key(name), ()), part)
    return index


def parts_of(heading: str) -> tuple[str, ...]:
    """The parts that *heading* introduces: as a whole, without its parentheses, or the longest usual name in it."""
    key = _key(heading)
    if found := _index().get(key):
        return found
    words = key.split()
    for size in range(min(len(words), 7), 1, -1):
        for start in range(len(words) - size + 1):
            if found := _index().get(" ".join(words[start : start + size])):
                return found
    if len(words) <= _SHORT:
        return next((_index()[word] for word in words if len(word) > _SHORT and word in _index()), ())
    return ()


@cache
def named(part: str) -> tuple[str, ...]:
    """The headings of *part*; a part of a team's own is called by its name."""
    return HEADINGS.get(part, (part.replace("-", " ").replace("_", " "),))


def introduces(heading: str, part: str) -> bool:
    """Whether *heading* stands over *part*, also for parts that only the team's configuration knows."""
    if part in HEADINGS:
        return part in parts_of(heading)
    return _key(part.replace("-", " ").replace("_", " ")) in _key(heading)


def _key(name: str) -> str:
    return " ".join(_WORDS.findall(name[:200].partition("(")[0].casefold().replace("’", "'")))
