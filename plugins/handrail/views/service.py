"""The page of a service, in the order of a mentor's questions."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.model.values import Place, Service, Source, Stated
from handrail.text import markdown, web
from handrail.text.words import Words
from handrail.views import contacts, handover, hours, trust, upkeep, urls, wording
from handrail.views.context import NOTHING, Context, GuideLink
from handrail.views.values import ClosedView, ContactView, Fact, HandoffView, Link, PlaceView, ServiceView, SourceView

MENTORING = ("mentors", "mentor_ages", "screening", "safeguarding", "parental_consent", "training", "training_hours", "supervision", "goals",
             "match_length", "evaluation", "complaints", "join_mentee", "join_mentor")
"""The checklist of a mentoring programme, in reading order, after its models."""


def view(service: Service, on: Context) -> ServiceView:
    """Return the page of a service that people can turn to, or that is paused."""
    t, directory = on.t, on.directory
    organization = directory.organizations[service.organization]
    used = _sources_of(service)
    sources = tuple(source_view(number, directory.source(service.organization, identifier), t) for number, identifier in enumerate(used, 1))
    numbers = {identifier: number for number, identifier in enumerate(used, 1)}
    views = tuple(contacts.view(channel, service, directory, t, numbers) for channel in contacts.ordered(service))
    site = _website(service, views, on, numbers)
    call = next((each for kind in ("phone", "text") for each in views if each.type == kind and each.href), None)
    repository = directory.site.repository
    edit = urls.suggest(repository, organization.id, service.id, service.written, on.to)
    shown = urls.view_line(repository, service.written)
    return ServiceView(
        crumbs=on.crumbs((urls.FIND, t("page.find")), (urls.kind(service.kind), t(f"kind-plural.{service.kind}"))),
        id=service.id, name=service.name, name_language=service.name_language, kind=t(f"kind.{service.kind}"), summary=service.summary,
        alternate_names=service.alternate_names,
        organization=Link(on.to(urls.organization(organization.id)), organization.name, "", organization.name_language),
        partner=t("service.partner_since", year=organization.partner_since.year) if organization.partner_since else "",
        status=service.status, status_words="" if service.status == "active" else t(f"status.{service.status}"), status_note=service.status_note,
        use_instead=tuple(on.service_link(directory.services[other]) for other in service.use_instead),
        description=markdown.render(service.description) if service.description else NOTHING,
        for_whom=service.for_whom, ages=t("service.ages", ages=wording.ages(service.ages, t)) if service.ages else "",
        audiences=tuple(on.audience_link(each) for each in service.audiences), topics=tuple(on.topic_link(each) for each in service.topics),
        not_for=service.not_for, limits=service.limits, contacts=views + site, call=call, call_who=_call_who(call, t),
        privacy=_privacy(service, t, numbers),
        where=wording.where(service.coverage, directory, t) + (f". {service.coverage.note}" if service.coverage.note else ""),
        regions=tuple(on.region_link(region) for region in service.coverage.regions),
        except_=tuple(directory.regions[region].name for region in service.coverage.excepted),
        places=tuple(_place(place, service, on) for place in service.places), meetings=tuple(_meetings(service, on)),
        access=tuple(_access(service, t, numbers)), handoff=_handoff(service, t, numbers), mentoring=_mentoring(service, t, numbers),
        runs=_runs(service, on), trust=trust.entry(service, next(iter(contacts.ordered(service)), None), directory, t),
        seen=t("service.seen_note"), sources=sources,
        guides=tuple(on.guide_link(guide) for guide in _guides(service, on)),
        suggest=Link(edit, t("mend.suggest")) if edit else None,
        line=Link(shown, t("mend.line")) if shown and shown != edit else None,
        wrong=Link(urls.report(directory.site.corrections, organization.corrections, service.id, service.name), t("mend.wrong")),
        hand=handover.hand(service, on),
        downloads=tuple(Link(on.to(path), words) for path, words in on.downloads.get(service.id, ())),
        needs_trust=tuple(each for each in (
            trust.group("cost", service.cost.verified if service.cost else None, service, directory, t) if service.cost else None,
            trust.group("access", service.access.verified, service, directory, t)) if each),
        privacy_trust=trust.group("confidentiality", service.confidentiality.verified, service, directory, t),
        history=upkeep.history(on.history.get(service.id, ()), t),
        mentoring_trust=trust.group("mentoring", service.mentoring.verified, service, directory, t) if service.mentoring else None,
    )


def closed(service: Service, on: Context) -> ClosedView:
    """Return the page of a service that closed or was taken out for now."""
    t, directory = on.t, on.directory
    organization = directory.organizations[service.organization]
    status = t(f"status.{service.status}")
    edit = urls.suggest(directory.site.repository, organization.id, service.id, service.written, on.to)
    since = t("closed.since", status=status, date=wording.day(service.status_since, t)) if service.status_since else status
    return ClosedView(
        crumbs=on.crumbs((urls.FIND, t("page.find"))), name=service.name, name_language=service.name_language, words=since, note=service.status_note,
        use_instead=tuple(on.card(directory.services[other]) for other in service.use_instead),
        organization=Link(on.to(urls.organization(organization.id)), organization.name), find=Link(on.to(urls.FIND), t("page.find")),
        help_href=on.to(urls.HELP_NOW),
        sources=tuple(source_view(number, directory.source(service.organization, each), t) for number, each in enumerate(service.seen, 1)),
        suggest=Link(edit, t("mend.suggest")) if edit else None,
        wrong=Link(urls.report(directory.site.corrections, organization.corrections, service.id, service.name), t("mend.wrong")),
    )


def source_view(number: int, source: Source, t: Words) -> SourceView:
    """Return a source as the list at the foot of an entry shows it."""
    host = web.host(source.url)
    dated = wording.dated(source, t) + (f", {t(f'read-as.{source.read_as}')}" if source.read_as else "")
    return SourceView(number, source.title or host, source.url, host, t(f"publisher.{source.publisher}"), dated, source.note)


def _sources_of(service: Service) -> list[str]:
    """Return the ids of all sources that the entry points to, in the order of the page."""
    groups: list[Iterable[str]] = [service.seen, *(channel.seen for channel in contacts.ordered(service)), service.website_seen, service.access.seen,
                                   service.confidentiality.seen]
    groups += [group.seen for group in (service.cost, service.handoff, service.mentoring) if group]
    groups += [place.seen for place in service.places]
    return list(dict.fromkeys(identifier for group in groups for identifier in group))


def _website(service: Service, views: tuple[ContactView, ...], on: Context, numbers: dict[str, int]) -> tuple[ContactView, ...]:
    """Return the website as a last contact, unless a channel leads there already."""
    if not service.website or any(view.href.rstrip("/") == service.website.rstrip("/") for view in views):
        return ()
    t = on.t
    display = web.host(service.website)
    nothing = hours.view(None, t)
    return (ContactView(
        "web", t("channel.web"), display, service.website, t("action.web", value=display), "", "", nothing, (), "", True,
        trust.entry(service, None, on.directory, t), tuple(numbers[each] for each in service.website_seen if each in numbers)),)


def _call_who(call: ContactView | None, t: Words) -> str:
    return next((words for label, words in call.facts if label == t("fact.answered-by")), call.heading) if call else ""


def _privacy(service: Service, t: Words, numbers: dict[str, int]) -> tuple[Fact, ...]:
    about = service.confidentiality
    refs = tuple(numbers[each] for each in about.seen if each in numbers)
    facts = [
        _stated("anonymous", about.anonymous, t, refs),
        Fact(t("fact.records"), about.records, bool(about.records), refs),
        _stated("duty-to-report", about.duty_to_report, t, refs),
        _stated("may-send", about.may_send_emergency_services, t, refs),
    ]
    if about.note:
        facts.append(Fact(t("fact.note"), about.note, True, refs))
    return tuple(facts)


def _stated(key: str, value: Stated, t: Words, refs: tuple[int, ...] = ()) -> Fact:
    return Fact(t(f"fact.{key}"), "" if value is None else wording.stated(value, t), value is not None, refs)


def _place(place: Place, service: Service, on: Context) -> PlaceView:
    t = on.t
    if place.visibility == "hidden":
        lines: tuple[str, ...] = ()
    elif place.visibility == "area":
        lines = (t("place.area", area=place.area or place.locality),)
    else:
        lines = tuple(filter(None, (place.street, " ".join(filter(None, (place.locality, place.postcode))))))
    return PlaceView(
        place.name, lines, place.visibility == "hidden", tuple(t(f"accessibility.{each}") for each in place.accessibility), place.access_note,
        hours.view(place.hours, t, can_ask=False), trust.group("places", place.verified, service, on.directory, t))


def _meetings(service: Service, on: Context) -> Iterable[str]:
    for meeting in service.meetings:
        times = hours.clock(meeting.starts) if meeting.ends is None else on.t("hours.span", opens=hours.clock(meeting.starts), closes=hours.clock(meeting.ends))
        words = on.t("hours.day", days=on.t(f"day.{meeting.day}"), times=times)
        yield ": ".join(filter(None, (meeting.name, words))) + (f". {meeting.note}" if meeting.note else "")


def _access(service: Service, t: Words, numbers: dict[str, int]) -> Iterable[Fact]:
    def refs(seen: Iterable[str]) -> tuple[int, ...]:
        return tuple(numbers[each] for each in seen if each in numbers)

    if service.cost:
        words = t(f"cost.{service.cost.kind}")
        yield Fact(t("fact.cost"), f"{words}. {service.cost.note}" if service.cost.note else words, True, refs(service.cost.seen))
    else:
        yield Fact(t("fact.cost"), "", False)
    access = service.access
    for key in ("referral", "id", "insurance", "appointment", "registration"):
        yield _stated(key, getattr(access, key), t, refs(access.seen))
    if access.note:
        yield Fact(t("fact.note"), access.note, True, refs(access.seen))
    if service.waiting:
        state = t(f"waiting.{service.waiting.state}")
        words = t("waiting.as-of", state=state, date=wording.day(service.waiting.as_of, t))
        yield Fact(t("fact.waiting"), f"{words}. {service.waiting.note}" if service.waiting.note else words)
    else:
        yield Fact(t("fact.waiting"), "", False)
    yield Fact(t("fact.languages"), wording.languages(service.languages, t), bool(service.languages))
    if service.interpreters:
        yield Fact(t("fact.interpreters"), service.interpreters)


def _handoff(service: Service, t: Words, numbers: dict[str, int]) -> HandoffView:
    own = service.handoff
    if own:
        return HandoffView(False, own.before, own.they_ask, own.next, own.no_answer, tuple(numbers[each] for each in own.seen))
    return HandoffView(
        True, tuple(t(f"checklist.before.{n}") for n in (1, 2, 3)), tuple(t(f"checklist.ask.{n}") for n in (1, 2)),
        tuple(t(f"checklist.next.{n}") for n in (1, 2)), t("checklist.no-answer"))


def _mentoring(service: Service, t: Words, numbers: dict[str, int]) -> tuple[Fact, ...]:
    if service.kind != "peer-mentoring" and service.mentoring is None:
        return ()
    block = service.mentoring
    refs = tuple(numbers[each] for each in block.seen if each in numbers) if block else ()
    models = wording.listed([t(f"model.{model}") for model in block.models], t) if block else ""
    facts = [Fact(t("mentoring.models"), models, bool(models), refs if models else ())]
    for name in MENTORING:
        value = getattr(block, name) if block else None
        words = wording.ages(value, t) if name == "mentor_ages" else str(value) if value else ""
        facts.append(Fact(t(f"mentoring.{name}"), words, bool(words), refs if words else ()))
    return tuple(facts)


def _runs(service: Service, on: Context) -> tuple[Fact, ...]:
    organization = on.directory.organizations[service.organization]
    facts = [Fact(on.t("fact.kind"), on.t(f"organization-kind.{organization.kind}"))]
    facts += [Fact(on.t("fact.register", scheme=scheme), value) for scheme, value in organization.identifiers]
    if service.accreditations:
        facts.append(Fact(on.t("fact.accreditations"), wording.listed(service.accreditations, on.t)))
    return tuple(facts)


def _guides(service: Service, on: Context) -> list[GuideLink]:
    models = set(service.mentoring.models) if service.mentoring else set()

    def score(guide: GuideLink) -> int:
        return 2 * (service.kind in guide.kinds) + 2 * bool(models.intersection(guide.models)) + len(set(service.topics).intersection(guide.topics))

    fitting = [guide for guide in on.guides if score(guide) > 1]
    return sorted(fitting, key=lambda guide: (-score(guide), guide.title))[:4]
