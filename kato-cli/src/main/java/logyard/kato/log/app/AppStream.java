package logyard.kato.log.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import logyard.core.event.Keys;
import logyard.kato.log.stream.LinePrinter;
import logyard.kato.log.stream.LiveEvents;

/**
 * The lines of one application: first those that were kept, then those that come live. What comes live waits until the kept
 * ones are there, so that none is missing in between; those that both have are shown once. Any thread.
 */
final class AppStream implements LiveEvents {
    /** Beyond these, nodes have to wait. */
    private static final int MAX_WAITING = 10_000;

    private final String key;
    private final AppFilter filter;
    private final LinePrinter printer;
    private final CountDownLatch joined = new CountDownLatch(1);

    // Guarded by this:
    private final List<AppRecord> waiting = new ArrayList<>();
    private final Map<String, Overlap> overlaps = new HashMap<>();
    private boolean isJoined;

    AppStream(String guid, AppFilter filter, LinePrinter printer) {
        this.key = Keys.apptail(guid);
        this.filter = filter;
        this.printer = printer;
    }

    @Override
    public void line(String event) {
        if (!event.startsWith(Keys.whole(key))) {
            return; // of another application, from a core that does not know whole keys
        }
        Optional<AppRecord> line = AppRecord.parse(event.substring(key.length() + 1));
        if (line.isEmpty()) {
            printer.line(event);
        } else if (!keep(line.get())) {
            awaitJoin();
            showIfNew(line.get());
        }
    }

    /** Whether a line is to wait, and there is room for it. */
    private synchronized boolean keep(AppRecord line) {
        boolean waits = !isJoined && waiting.size() < MAX_WAITING;
        if (waits) {
            waiting.add(line);
        }
        return waits;
    }

    private void awaitJoin() {
        try {
            joined.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void showIfNew(AppRecord line) {
        Overlap overlap = overlaps.get(line.node());
        if (line.isLossNotice() || overlap == null || overlap.isNew(line.json())) {
            showIfWanted(line);
        }
    }

    private void showIfWanted(AppRecord line) {
        if (filter.wants(line)) {
            printer.line(Keys.whole(key) + line.json());
        }
    }

    /** The nodes that send what is not among the kept lines yet, so that something may be missing between these and those. */
    synchronized Set<String> notIn(List<AppRecord> kept) {
        Set<String> nodes = new TreeSet<>();
        Map<String, List<AppRecord>> keptByNode = byNode(kept);
        byNode(waiting).forEach((node, live) -> {
            var overlap = new Overlap(texts(keptByNode.getOrDefault(node, List.of())));
            if (overlap.split(texts(live)).known() == 0) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    /**
     * Shows what was kept, and what came live until now; from now on, what comes is shown.
     *
     * @param kept the oldest first
     * @param newest of those that are wanted, so many of the newest are shown; what came live is shown in any case
     * @return how many of all lines are wanted
     */
    synchronized int join(List<AppRecord> kept, int newest) {
        Set<AppRecord> older = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<AppRecord> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<String, List<AppRecord>> live = byNode(waiting);
        Map<String, List<AppRecord>> keptByNode = byNode(kept);
        Set<String> nodes = new TreeSet<>(live.keySet());
        nodes.addAll(keptByNode.keySet());
        for (String node : nodes) {
            var overlap = new Overlap(texts(keptByNode.getOrDefault(node, List.of())));
            List<AppRecord> ofNode = live.getOrDefault(node, List.of());
            Overlap.Split split = overlap.split(texts(ofNode));
            older.addAll(ofNode.subList(0, split.older()));
            fresh.addAll(ofNode.subList(split.known(), ofNode.size()));
            overlaps.put(node, overlap);
        }
        List<AppRecord> all = new ArrayList<>();
        waiting.stream().filter(older::contains).forEach(all::add);
        all.addAll(kept);
        waiting.stream()
                .filter(line -> fresh.contains(line) || line.isLossNotice())
                .forEach(all::add);
        all.removeIf(line -> !filter.wants(line));
        all.sort(Comparator.comparingLong(AppRecord::unixTime));
        int first = Math.max(0, all.size() - newest);
        for (int i = 0; i < all.size(); i++) {
            if (i >= first || fresh.contains(all.get(i))) {
                showIfWanted(all.get(i));
            }
        }
        waiting.clear();
        isJoined = true;
        joined.countDown();
        return all.size();
    }

    private static Map<String, List<AppRecord>> byNode(List<AppRecord> lines) {
        Map<String, List<AppRecord>> byNode = new HashMap<>();
        for (AppRecord line : lines) {
            if (!line.isLossNotice()) {
                byNode.computeIfAbsent(line.node(), node -> new ArrayList<>()).add(line);
            }
        }
        return byNode;
    }

    private static List<String> texts(List<AppRecord> lines) {
        return lines.stream().map(AppRecord::json).toList();
    }

    @Override
    public void notice(String text) {
        printer.notice(text);
    }

    @Override
    public void stop() {
        printer.stop();
        joined.countDown();
    }
}
