package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logyard.config.DurableFile;
import logyard.core.event.StreamPositions;
import logyard.core.journal.JournalDamage.Kind;

/**
 * Takes what is damaged out of a journal that is stopped. A segment with damage becomes several, of what is whole in it;
 * each record keeps its position, so that cursors and streams keep theirs. The segment as it was stays beside as {@code
 * <name>.damaged}.
 *
 * <p>At each moment there is a journal with all the records that are whole, whenever this is killed. One thread.
 */
public final class JournalRepair {
    private final StoppedJournal journal;
    private final Map<Path, List<JournalDamage>> damages = new LinkedHashMap<>();
    private final List<WholePart> parts = new ArrayList<>();
    private final List<String> plan = new ArrayList<>();

    /** Plans the repair of these damages, and changes nothing yet. */
    public JournalRepair(StoppedJournal journal, List<JournalDamage> found) {
        this.journal = journal;
        found.stream()
                .filter(damage -> !damage.isHarmless())
                .forEach(damage -> damages.computeIfAbsent(damage.file(), file -> new ArrayList<>())
                        .add(damage));
        List<SegmentList.Entry> entries = journal.entries();
        for (int i = 0; i < entries.size(); i++) {
            List<WholePart> of = partsOf(entries.get(i), i + 1 == entries.size());
            planFor(entries.get(i), of);
            parts.addAll(of);
        }
        if (damages.containsKey(StreamCheckpoint.file(journal.folder()))) {
            plan.add("put " + StreamCheckpoint.file(journal.folder()) + " aside: the next start makes it anew");
        }
    }

    /** What {@link #run} will do, in words; empty if there is nothing to be done. */
    public List<String> plan() {
        return List.copyOf(plan);
    }

    private boolean has(Segment segment, Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return damages.getOrDefault(segment.file(), List.of()).stream().anyMatch(each -> wanted.contains(each.kind()));
    }

    private boolean isToBeSplit(Segment segment) {
        return has(segment, Kind.HEADER, Kind.RECORDS);
    }

    private List<WholePart> partsOf(SegmentList.Entry entry, boolean isLast) {
        Segment segment = entry.segment();
        if (!isToBeSplit(segment)) {
            return List.of(new WholePart(entry, segment.base(), segment.firstRecord(), entry.end()));
        }
        List<WholePart> whole = new ArrayList<>();
        long from = segment.firstRecord();
        for (JournalDamage damage : damages.getOrDefault(segment.file(), List.of())) {
            if (damage.kind() == Kind.RECORDS) {
                addPart(whole, entry, from, damage.from());
                from = damage.to();
            }
        }
        addPart(whole, entry, from, entry.end());
        if (isLast && from == entry.end()) { // what comes next must not take the place of what is lost
            whole.add(new WholePart(entry, from, from + Segment.HEADER_BYTES, from));
        }
        return whole;
    }

    private static void addPart(List<WholePart> parts, SegmentList.Entry entry, long from, long to) {
        if (to > from) {
            parts.add(new WholePart(entry, from - Segment.HEADER_BYTES, from, to));
        }
    }

    private void planFor(SegmentList.Entry entry, List<WholePart> of) {
        Segment segment = entry.segment();
        if (isToBeSplit(segment)) {
            long bytes = of.stream().mapToLong(WholePart::recordBytes).sum();
            plan.add("replace " + segment.file() + " by the " + bytes + " bytes of records that are whole in it, in "
                    + of.size() + (of.size() == 1 ? " segment" : " segments") + ", and keep it as "
                    + WholePart.aside(segment.file()).getFileName());
        }
        if (has(segment, Kind.MISSING)) {
            plan.add("note in " + segment.summaryFile() + " that what lay behind "
                    + segment.file().getFileName() + " is lost");
        } else if (damages.containsKey(segment.summaryFile())) {
            plan.add("write " + segment.summaryFile() + " anew");
        }
    }

    /** Does what was planned. */
    public void run() throws IOException {
        for (SegmentList.Entry entry : journal.entries()) {
            if (isToBeSplit(entry.segment())) {
                split(entry.segment());
            }
        }
        for (int i = 0; i + 1 < parts.size(); i++) {
            summarize(parts.get(i), parts.get(i + 1).base());
        }
        if (damages.containsKey(StreamCheckpoint.file(journal.folder()))) {
            StreamCheckpoint.load(journal.folder()); // which puts aside what it cannot use
        }
    }

    private void split(Segment segment) throws IOException {
        List<WholePart> own = parts.stream()
                .filter(part -> part.source().segment().equals(segment))
                .toList();
        for (WholePart part : own) {
            part.write();
        }
        Files.createLink(WholePart.aside(segment.file()), segment.file());
        Files.deleteIfExists(segment.summaryFile());
        for (int i = own.size() - 1; i >= 0; i--) { // the one with the name of the whole, if there is one, last
            own.get(i).takePlace();
        }
        if (own.stream().noneMatch(part -> part.base() == segment.base())) {
            Files.delete(segment.file());
        }
        DurableFile.syncFolder(segment.file());
    }

    /** Writes the summary of a part again if it is not right. */
    private void summarize(WholePart part, long nextBase) throws IOException {
        Segment segment = part.segment();
        var entry = new SegmentList.Entry(segment, part.end());
        boolean isRight = StoppedJournal.summary(entry)
                .filter(summary -> summary.next() == nextBase)
                .isPresent();
        boolean isWanted = part.end() < nextBase
                || damages.containsKey(segment.summaryFile())
                || isToBeSplit(part.source().segment());
        if (!isRight && isWanted) {
            journal.read(entry, new StreamPositions()).followedAt(nextBase).write(segment);
        }
    }
}
