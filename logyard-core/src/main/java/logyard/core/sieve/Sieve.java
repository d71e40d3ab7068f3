package logyard.core.sieve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import logyard.core.event.KeyTable;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.sieve.handler.HandlerException;

/**
 * Finds the lines that tell of events, by the specs of operators (spec 06 §3). One thread: rules keep scratch memory.
 *
 * <p>The specs of the group that has the name of the line's log come first; if they make no event of it, those of the
 * group {@link #ALL} have their turn. In a group, the spec whose substring comes first in the line decides, and no other is
 * tried. A spec that names {@code processes} is not there for the lines of others.
 *
 * <p>A line that nobody is interested in, as most are, costs one pass over its text for each of the two groups, and no
 * object.
 */
public final class Sieve {
    /** The group of specs for the lines of every log. */
    public static final String ALL = "__all__";

    /** The log of cloud_events itself: what it tells of lines must not become events again, or it might never end. */
    public static final String OWN_LOG = "cloud_events";

    private record Groups(RuleGroup own, RuleGroup all) {}

    private final Map<String, List<EventRule>> rules;
    private final List<String> problems;
    private final KeyTable<Groups> byProcess = new KeyTable<>();
    private final Groups others;

    private Sieve(SpecReader specs) {
        this.rules = specs.groups();
        this.problems = specs.problems();
        List<EventRule> all = rules.getOrDefault(ALL, List.of());
        this.others = new Groups(
                RuleGroup.EMPTY,
                new RuleGroup(
                        all.stream().filter(rule -> rule.processes().isEmpty()).toList()));
        Set<String> processes = new TreeSet<>(rules.keySet());
        all.forEach(rule -> processes.addAll(rule.processes()));
        for (String process : processes) {
            put(process, new Groups(group(process, process), group(ALL, process)));
        }
        put(OWN_LOG, new Groups(RuleGroup.EMPTY, RuleGroup.EMPTY));
    }

    /** The sieve of all specs that can be used; the others are among its {@link #problems}. */
    public static Sieve of(CloudEventsConfig config) {
        return new Sieve(new SpecReader(config.events()));
    }

    private void put(String process, Groups groups) {
        byte[] utf8 = process.getBytes(StandardCharsets.UTF_8);
        byProcess.put(utf8, 0, utf8.length, groups);
    }

    /** What is there of a group for the lines of a process. */
    private RuleGroup group(String name, String process) {
        List<EventRule> there = new ArrayList<>(rules.getOrDefault(name, List.of()));
        there.removeIf(rule -> !rule.mayBeOf(process));
        return there.isEmpty() ? RuleGroup.EMPTY : new RuleGroup(there);
    }

    /** What is wrong with the specs that were left out, each with its place. */
    public List<String> problems() {
        return problems;
    }

    /** How many specs are in use. */
    public int size() {
        return rules.values().stream().mapToInt(List::size).sum();
    }

    /**
     * The event that a line tells of, if any.
     *
     * @throws HandlerException if a spec recognises the line, but cannot make of it what it is to
     */
    public Optional<CloudEvent> recognize(SystailLine line) throws HandlerException {
        Groups groups = groups(line);
        Optional<CloudEvent> event = groups.own().recognize(line.text());
        return event.isPresent() ? event : groups.all().recognize(line.text());
    }

    private Groups groups(SystailLine line) {
        TextSlice name = line.name();
        Groups found = byProcess.get(name.bytes(), name.from(), name.to());
        return found == null ? others : found;
    }

    /** Why a line gives the event it gives, or none: every spec that could have. */
    public Explanation explain(SystailLine line) {
        Groups groups = groups(line);
        List<Trial> trials = new ArrayList<>();
        Optional<CloudEvent> event = Optional.empty();
        Optional<String> failure = Optional.empty();
        try {
            event = recognize(line);
        } catch (HandlerException e) {
            failure = Optional.of(e.reason());
        }
        String process = line.process();
        boolean ownDecides = false;
        if (!process.equals(ALL)) {
            ownDecides = groups.own()
                    .deciding(line.text())
                    .filter(rule -> rule.isFoundIn(line.text().toString()))
                    .isPresent();
            addTrials(process, groups.own(), true, line, trials);
        }
        addTrials(ALL, groups.all(), !ownDecides, line, trials);
        return new Explanation(process.equals(OWN_LOG), trials, event, failure);
    }

    private void addTrials(String name, RuleGroup group, boolean isAsked, SystailLine line, List<Trial> trials) {
        Optional<EventRule> deciding = group.deciding(line.text());
        for (EventRule rule : rules.getOrDefault(name, List.of())) {
            boolean decides = isAsked && deciding.equals(Optional.of(rule));
            trials.add(Trial.of(name, rule, line, isAsked, decides));
        }
    }

    /** The specs whose sample does not give their own event, each with its place and the reason. */
    public List<String> sampleProblems() {
        List<String> wrong = new ArrayList<>();
        rules.forEach((group, specs) -> {
            for (EventRule rule : specs) {
                sampleProblem(group, rule)
                        .ifPresent(reason -> wrong.add(
                                SpecReader.place(group, rule.name()) + "/sample must give this event, but " + reason));
            }
        });
        return wrong;
    }

    private Optional<String> sampleProblem(String group, EventRule rule) {
        String sample = rule.spec().sample();
        if (sample == null || sample.isEmpty()) {
            return Optional.empty();
        }
        String process = !group.equals(ALL)
                ? group
                : rule.processes().stream().sorted().findFirst().orElse(ALL);
        SystailLine line = SystailLine.of(process, sample, "", 0);
        try {
            Optional<EventRule> deciding = deciding(line, group);
            if (deciding.isEmpty()) {
                return Optional.of("it does not hold the substring");
            }
            if (!deciding.get().equals(rule)) {
                return Optional.of(
                        "the substring of " + deciding.get().name() + " comes first in it; that spec decides");
            }
            return rule.recognize(sample).isPresent() ? Optional.empty() : Optional.of("the regex is not found in it");
        } catch (HandlerException e) {
            return Optional.of(e.reason());
        }
    }

    private Optional<EventRule> deciding(SystailLine line, String group) {
        Groups groups = groups(line);
        return (group.equals(ALL) ? groups.all() : groups.own()).deciding(line.text());
    }
}
