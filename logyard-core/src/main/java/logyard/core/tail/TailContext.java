package logyard.core.tail;

import logyard.core.tail.file.FileChanges;
import logyard.core.tail.file.FileTree;
import logyard.core.tail.position.Positions;

/** What all followed paths of one tailer share; belongs to the tail thread. */
record TailContext(
        LineHandler handler,
        Positions positions,
        FileChanges changes,
        FileTree files,
        FileSearch search,
        StreamReader reader,
        Counters counters) {
    static TailContext of(LineHandler handler, Positions positions, FileChanges changes, FileTree files) {
        var counters = new Counters();
        return new TailContext(
                handler,
                positions,
                changes,
                files,
                new FileSearch(files),
                new StreamReader(handler, counters),
                counters);
    }

    static TailContext of(LineHandler handler, Positions positions, FileChanges changes) {
        return of(handler, positions, changes, FileTree.WHOLE);
    }

    /** The same for paths that are looked up elsewhere. */
    TailContext within(FileTree other) {
        return new TailContext(handler, positions, changes, other, new FileSearch(other), reader, counters);
    }
}
