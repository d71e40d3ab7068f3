package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigUnavailableException;
import logyard.config.zookeeper.ZooKeeperOptions.Access;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperConfigTreeTest {
    private static final ConfigPath MINE = ConfigPath.DRAINS.child("mine");
    private static final JsonNode URI = new TextNode("udp://h:1");

    private static TestZooKeeper zooKeeper;

    private String chroot;
    private ZooKeeperConfigTree tree;

    @BeforeAll
    static void startZooKeeper() {
        zooKeeper = TestZooKeeper.started();
    }

    @AfterAll
    static void stopZooKeeper() {
        zooKeeper.close();
    }

    @BeforeEach
    void openTree(TestInfo test) {
        chroot = "/" + test.getTestMethod().orElseThrow().getName();
        tree = ZooKeeperConfigTree.open(options(Access.OPEN, null));
    }

    @AfterEach
    void closeTree() {
        tree.close();
    }

    @Test
    void storesEachValueAsOneZnodeOfJson() {
        tree.set(MINE, URI);

        assertThat(tree.read(MINE)).contains(URI);
        assertThat(zooKeeper.data(chroot + MINE).map(data -> new String(data, UTF_8)))
                .contains("\"udp://h:1\"");
    }

    @Test
    void replacesAValueThatIsThere() {
        tree.set(MINE, URI);

        tree.set(MINE, IntNode.valueOf(2));

        assertThat(tree.read(MINE)).contains(IntNode.valueOf(2));
    }

    @Test
    void createsOnlyWhereThereIsNothing() {
        assertThat(tree.create(MINE, URI)).isTrue();
        assertThat(tree.create(MINE, URI)).isFalse();
        assertThat(tree.create(MINE, IntNode.valueOf(2))).isFalse();
        assertThat(tree.read(MINE)).contains(URI);
    }

    @Test
    void createsAValueInAPlaceThatOnlyHasOthersBelowIt() {
        tree.set(MINE, URI);

        assertThat(tree.create(ConfigPath.DRAINS, IntNode.valueOf(1))).isTrue();
        assertThat(tree.create(ConfigPath.DRAINS, IntNode.valueOf(2))).isFalse();
        assertThat(tree.read(ConfigPath.DRAINS)).contains(IntNode.valueOf(1));
    }

    @Test
    void deletesWithAllThatIsBelow() {
        tree.set(MINE, URI);

        assertThat(tree.delete(ConfigPath.DRAINS)).isTrue();
        assertThat(tree.delete(ConfigPath.DRAINS)).isFalse();
        assertThat(tree.read(MINE)).isEmpty();
    }

    @Test
    void knowsWhereThereIsNoValue() {
        tree.set(MINE, URI);

        assertThat(tree.read(ConfigPath.DRAINS)).isEmpty();
        assertThat(tree.read(ConfigPath.NODES)).isEmpty();
        assertThat(tree.children(ConfigPath.NODES)).isEmpty();
    }

    @Test
    void listsTheValuesDirectlyBelowWithoutThoseThatAreNoJson() {
        tree.set(MINE, URI);
        tree.set(ConfigPath.DRAINS.child("a"), IntNode.valueOf(1));
        tree.set(ConfigPath.DRAINS.child("b").child("c"), IntNode.valueOf(2));
        putRaw(ConfigPath.DRAINS.child("bad"), "garbage");

        assertThat(tree.children(ConfigPath.DRAINS)).isEqualTo(Map.of("a", IntNode.valueOf(1), "mine", URI));
    }

    @Test
    void namesThePlacesDirectlyBelowWithOrWithoutAValue() {
        tree.set(ConfigPath.RUNNING.child("10.0.0.7").child("systail"), IntNode.valueOf(1));
        tree.set(ConfigPath.RUNNING.child("10.0.0.5"), IntNode.valueOf(2));

        assertThat(tree.names(ConfigPath.RUNNING)).containsExactly("10.0.0.5", "10.0.0.7");
        assertThat(tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void refusesToReadWhatIsNoJson() {
        tree.set(MINE, URI);
        putRaw(ConfigPath.DRAINS.child("bad"), "{\"a\":1} x");

        assertThatThrownBy(() -> tree.read(ConfigPath.DRAINS.child("bad")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("The value of /proc/logyard/config/drains/bad is not JSON: ");
    }

    @Test
    void refusesToWriteMoreThanIsRead() {
        JsonNode long64 = new TextNode("x".repeat(64 * 1024 - 2));
        JsonNode tooLong = new TextNode("x".repeat(64 * 1024 - 1));
        tree.set(MINE, long64);

        assertThatThrownBy(() -> tree.set(MINE, tooLong))
                .isInstanceOf(ConfigException.class)
                .hasMessage("The value of /proc/logyard/config/drains/mine is 65537 bytes long, at most 65536 fit");
        assertThat(tree.read(MINE)).contains(long64);
    }

    @Test
    void letsTwentyDrainsBeAddedAtOnceFromFiveHosts() throws Exception {
        var hosts = new ArrayList<ZooKeeperConfigTree>();
        var commands = new ArrayList<Callable<Boolean>>();
        for (int host = 0; host < 5; host++) {
            var itsTree = ZooKeeperConfigTree.open(options(Access.OPEN, null));
            hosts.add(itsTree);
            for (int drain = 0; drain < 4; drain++) {
                String name = "drain" + (host * 4 + drain);
                commands.add(() -> itsTree.create(ConfigPath.DRAINS.child(name), new TextNode(name)));
                commands.add(() -> itsTree.create(ConfigPath.DRAINS.child("contested"), new TextNode(name)));
            }
        }
        var threads = Executors.newFixedThreadPool(20);

        var created = new CopyOnWriteArrayList<Boolean>();
        for (var result : threads.invokeAll(commands)) {
            created.add(result.get());
        }

        assertThat(created).filteredOn(yes -> yes).hasSize(21);
        assertThat(tree.children(ConfigPath.DRAINS)).hasSize(21);
        threads.shutdown();
        hosts.forEach(ZooKeeperConfigTree::close);
    }

    @Test
    void saysWhichServerCannotBeReached() {
        var nowhere = TestZooKeeper.stopped();
        try (var unreachable = ZooKeeperConfigTree.open(new ZooKeeperOptions(
                nowhere.connect(),
                ConfigPath.parse("/a/b"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Access.OPEN,
                null))) {
            assertThat(unreachable.isConnected()).isFalse();
            assertThatThrownBy(() -> unreachable.read(MINE))
                    .isInstanceOf(ConfigUnavailableException.class)
                    .hasMessage("Cannot read /proc/logyard/config/drains/mine in ZooKeeper at " + nowhere.connect()
                            + "/a/b: no answer within 1 s");
        } finally {
            nowhere.close();
        }
    }

    @Test
    void hidesWhatItWritesFromOthersWhenSecured(@TempDir Path folder) throws Exception {
        Path password = Files.writeString(folder.resolve("zk.auth"), "logyard:secret\n");
        try (var secured = ZooKeeperConfigTree.open(options(Access.SECURED, password))) {
            secured.set(MINE, URI);
            secured.set(ConfigPath.MBUS_IP, new TextNode("10.0.0.1"));
            secured.set(ConfigPath.CLUSTER.child("endpoint"), new TextNode("api.example.com"));

            assertThat(secured.read(MINE)).contains(URI);
            assertThat(tree.read(ConfigPath.MBUS_IP)).contains(new TextNode("10.0.0.1"));
            assertThatThrownBy(() -> tree.set(ConfigPath.MBUS_IP, URI)).isInstanceOf(ConfigUnavailableException.class);
            assertThatThrownBy(() -> tree.read(ConfigPath.CLUSTER.child("endpoint")))
                    .isInstanceOf(ConfigUnavailableException.class)
                    .hasMessageContaining("not allowed")
                    .hasMessageContaining("zk.auth.file");
            assertThatThrownBy(() -> zooKeeper.asForeigner(client -> client.getData(chroot + MINE, false, null)))
                    .hasCauseInstanceOf(KeeperException.NoAuthException.class);
        }
    }

    @Test
    void refusesToBeSecuredWithoutAPassword(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("zk.auth");
        Path wrong = Files.writeString(folder.resolve("wrong"), "logyard");

        assertThatThrownBy(() -> ZooKeeperConfigTree.open(options(Access.SECURED, missing)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("zk.acl must be open");
        assertThatThrownBy(() -> ZooKeeperConfigTree.open(options(Access.SECURED, wrong)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(wrong + " must hold one line user:password");
        assertThatThrownBy(() -> options(Access.SECURED, null)).hasMessageContaining("zk.auth.file must name the file");
    }

    @Test
    void goesOnAfterItsSessionExpired() {
        tree.set(MINE, URI);

        zooKeeper.expireSessions();

        assertThat(tree.create(ConfigPath.DRAINS.child("other"), JsonNodeFactory.instance.objectNode()))
                .isTrue();
        assertThat(tree.children(ConfigPath.DRAINS)).containsOnlyKeys(List.of("mine", "other"));
    }

    @Test
    void isOfNoUseOnceClosed() {
        tree.close();

        assertThatThrownBy(() -> tree.read(MINE)).isInstanceOf(ConfigUnavailableException.class);
        assertThat(tree.isConnected()).isFalse();
    }

    private ZooKeeperOptions options(Access access, Path authFile) {
        return new ZooKeeperOptions(
                zooKeeper.connect(),
                ConfigPath.parse(chroot),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                access,
                authFile);
    }

    private void putRaw(ConfigPath path, String data) {
        zooKeeper.put(chroot + path, data.getBytes(UTF_8));
    }
}
