"""Conditions and what answers set: `Condition` trees to compact strings (`kiosk.domain.condition`)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kiosk.sources.service_public.reading import Reading

_JOINS = {"et": "and", "ou": "or"}
_TESTS = {"estVrai": "{}", "estFaux": "not({})", "estIndefini": "undefined({})"}


def condition(element: Element | None, reading: Reading) -> str:
    """Return a condition as a string; "" when there is none, or none that can be read: then nothing is hidden."""
    if element is None:
        return ""
    return _join("and", element, reading)


def _join(operator: str, element: Element, reading: Reading) -> str:
    parts = [part for child in element if (part := _expression(child, reading))]
    if len(parts) < 2:
        return "".join(parts)
    return f"{operator}({','.join(parts)})"


def _expression(element: Element, reading: Reading) -> str:
    tag = element.tag
    if tag in _TESTS:
        name = element.get("var", "").strip()
        return _TESTS[tag].format(name) if name else ""
    if tag in _JOINS:
        return _join(_JOINS[tag], element, reading)
    if tag == "non":
        inside = _join("and", element, reading)
        return f"not({inside})" if inside else ""
    reading.unknown[tag] += 1
    reading.keep_attributes(element)
    return ""


def setters(element: Element | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that an answer makes true, and those that it makes false (`SiSelectionne`)."""
    if element is None:
        return (), ()
    found: dict[str, list[str]] = {"affecteVrai": [], "affecteFaux": []}
    for child in element:
        name = child.get("var", "").strip()
        if child.tag in found and name:
            found[child.tag].append(name)
    return tuple(found["affecteVrai"]), tuple(found["affecteFaux"])
