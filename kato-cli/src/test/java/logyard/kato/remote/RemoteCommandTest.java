package logyard.kato.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCommandTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String ADD = "{\"subcommand\":\"add\",\"arguments\":[\"-uri\",\"udp://h:1\",\"x\"]}";
    private static final String LIST = "{\"subcommand\":\"list\"}";

    @TempDir
    private Path folder;

    private final TestKato cluster = new TestKato();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private int port;

    private record Response(int status, String head, String body) {}

    private void start(String... options) {
        String[] command = Stream.concat(Stream.of("remote", "--listen", "127.0.0.1:0"), Stream.of(options))
                .toArray(String[]::new);
        var console = new Console(new Output(out), new PrintWriter(err, true), Colors.NONE);
        new Thread(() -> status.complete(cluster.kato(console, interrupt::complete, command)), "kato").start();
        await().untilAsserted(() -> assertThat(out.toString()).startsWith("Listening at 127.0.0.1:"));
        port = Integer.parseInt(out.toString().strip().replaceFirst(".*:", ""));
    }

    @AfterEach
    void end() throws Exception {
        if (port != 0) {
            interrupt.get(60, TimeUnit.SECONDS).run();
            assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    private Response send(String method, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(method + " /any/path HTTP/1.1", "Connection: close"));
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Host:"))) {
            lines.add("Host: 127.0.0.1:" + port);
        }
        lines.add("Content-Length: " + body.length());
        lines.addAll(List.of(headers));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(ISO_8859_1));
            String response = new String(socket.getInputStream().readAllBytes(), UTF_8);
            String[] parts = response.split("\r\n\r\n", 2);
            return new Response(Integer.parseInt(parts[0].split(" ")[1]), parts[0], parts[1].strip());
        }
    }

    private Response post(String body, String... headers) throws IOException {
        return send("POST", body, headers);
    }

    @Test
    void doesWhatLogyardCliDoes() throws Exception {
        start();

        assertThat(post(ADD)).satisfies(added -> {
            assertThat(added.status()).isEqualTo(200);
            assertThat(added.body()).isEqualTo("{\"name\":\"x\",\"uri\":\"udp://h:1\"}");
            assertThat(added.head()).containsIgnoringCase("content-type: application/json");
        });
        assertThat(post(LIST).body()).isEqualTo("{\"x\":\"udp://h:1\"}");
        cluster.tree.set(ConfigPath.NODES.child("10.0.0.5"), new JsonMapper().readTree("{}"));
        assertThat(post("{\"subcommand\":\"status\",\"arguments\":[\"x\"]}").body())
                .isEqualTo("{\"x\":{\"10.0.0.5\":{\"name\":\"UNKNOWN\",\"rev\":\"0\"}}}");
        assertThat(post("{\"subcommand\":\"delete\",\"arguments\":[\"x\"]}").body())
                .isEqualTo("{}");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
        assertThat(err.toString()).startsWith("WARN: every user of this node may list, add, delete, status drains;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no json                                              | 400 | the body is no JSON",
                "{\"subcommand\":\"list\"} x                          | 400 | the body is no JSON",
                "{\"subcommand\":\"list\",\"subcommand\":\"add\"}     | 400 | the body is no JSON",
                "[]                                                   | 400 | it has no subcommand",
                "{\"subcommand\":5}                                   | 400 | it has no subcommand",
                "{\"subcommand\":\"recv\"}                            | 400 | no such subcommand here: \\\"recv\\\"; there are list, add",
                "{\"subcommand\":\"stream\"}                          | 400 | no such subcommand here",
                "{\"subcommand\":\"list\",\"arguments\":\"x\"}        | 400 | arguments must be a list of texts",
                "{\"subcommand\":\"list\",\"arguments\":[5]}          | 400 | arguments must be a list of texts, it holds 5",
                "{\"subcommand\":\"list\",\"arguments\":[\"-json\"]}  | 400 | the argument -json is not needed",
                "{\"subcommand\":\"list\",\"arguments\":[\"--json\"]} | 400 | the argument --json is not needed",
                "{\"subcommand\":\"list\",\"arguments\":[\"--json=false\"]} | 400 | the argument --json=false is not needed",
                "{\"subcommand\":\"list\",\"arguments\":[\"-show-secrets\"]} | 400 | the argument -show-secrets is not allowed",
                "{\"subcommand\":\"list\",\"arguments\":[\"-help\"]}  | 400 | there is no help here",
                "{\"subcommand\":\"list\",\"arguments\":[\"-nonsense\"]} | 400 | '-nonsense'",
                "{\"subcommand\":\"delete\",\"arguments\":[\"nope\"]} | 500 | No such drain: nope",
                "{\"subcommand\":\"add\",\"arguments\":[\"x\"]}       | 500 | ",
                "{\"subcommand\":\"add\",\"arguments\":[\"-uri\",\"tcp://me:pw@h:many\",\"x\"]} | 500 | tcp://***@h:many"
            })
    void saysWhatIsWrongAsJson(String body, int expected, String reason) throws Exception {
        start();

        Response response = post(body);

        assertThat(response.status()).as(response.body()).isEqualTo(expected);
        assertThat(new JsonMapper().readTree(response.body()).path("error").asText())
                .isNotEmpty();
        assertThat(response.body()).startsWith("{\"error\":\"").contains(reason == null ? "" : reason);
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
        assertThat(post(LIST).status()).isEqualTo(200); // it goes on
    }

    @Test
    void saysThatTheTreeCannotBeReached() throws Exception {
        start();
        cluster.tree.disconnect();

        Response response = post(LIST);

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body()).startsWith("{\"error\":\"The tree in memory is disconnected. Does ZooKeeper run");
        cluster.tree.reconnect();
        assertThat(post(LIST).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void takesNothingButPosts(String method) throws Exception {
        start();

        Response response = send(method, LIST);

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.head()).containsIgnoringCase("allow: post");
        assertThat(response.body()).isEqualTo("{\"error\":\"the method must be POST, got " + method + "\"}");
    }

    /** A page in a browser can send here, too, and make its own name point here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example.com",
                "Host: evil.example.com:8891",
                "Host: 127.0.0.1.evil.example.com",
                "Host: localhost.evil.example.com:8891",
                "Host: 10.0.0.5:8891",
                "Host: ",
                "Origin: http://evil.example.com",
                "Origin: null",
                "Origin: http://127.0.0.1:8891",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: no-cors"
            })
    void refusesWhatABrowserSends(String header) throws Exception {
        start();

        Response response = post(ADD, header);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).startsWith("{\"error\":\"");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost", "Host: LOCALHOST:8891", "Host: 127.0.0.1", "Host: [::1]:8891"})
    void knowsItsOwnNames(String header) throws Exception {
        start();

        assertThat(post(LIST, header).status()).isEqualTo(200);
    }

    @Test
    void readsNoMoreThan64KiB() throws Exception {
        start();
        String padding = " ".repeat(RemoteServer.MAX_BODY_BYTES - LIST.length());

        assertThat(post(LIST + padding).status()).isEqualTo(200);
        Response tooLong = post(LIST + padding + " ");

        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.body()).isEqualTo("{\"error\":\"the body must have 65536 bytes at most\"}");
    }

    @Test
    void letsInOnlyWhoHasTheToken() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        start("--token-file", token.toString());

        for (String[] headers : List.of(
                new String[0],
                new String[] {"Authorization: Bearer " + TOKEN.replace('f', 'g')},
                new String[] {"Authorization: Bearer " + TOKEN + "x"},
                new String[] {"Authorization: Bearer "},
                new String[] {"Authorization: Basic " + TOKEN})) {
            Response refused = post(ADD, headers);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.head()).containsIgnoringCase("www-authenticate: bearer");
            assertThat(refused.body()).startsWith("{\"error\":\"").doesNotContain(TOKEN);
        }
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
        assertThat(post(ADD, "Authorization: Bearer " + TOKEN).status()).isEqualTo(200);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysThatThePortIsInUse() {
        start();

        var result = cluster.kato("remote", "--listen", "127.0.0.1:" + port);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("ERROR: cannot listen at 127.0.0.1:" + port)
                .contains("--listen says where");
    }

    @Test
    void allowsNoMoreThanItIsTold() throws Exception {
        start("--allow", "list,status");

        assertThat(post(LIST).status()).isEqualTo(200);
        assertThat(post(ADD).body()).contains("no such subcommand here").contains("there are list, status");
        assertThat(cluster.kato("remote", "--allow", "recv").status()).isEqualTo(2);
    }

    @Test
    void tellsOfChangesInTheLogOfActions() throws Exception {
        cluster.withLogs(folder);
        start();

        post(ADD.replace("udp://h:1", "udp://h:1?token=hunter2"));
        post("{\"subcommand\":\"delete\",\"arguments\":[\"nope\"]}");
        post("{\"subcommand\":\"delete\",\"arguments\":[\"-nonsense\"]}");
        post(LIST);

        assertThat(Files.readString(folder.resolve("kato.log")).lines())
                .hasSize(2)
                .satisfiesExactly(
                        added -> assertThat(added)
                                .contains("kato remote add -uri udp://h:1?token=*** x\",\"status\": \"succeeded\""),
                        deleted -> assertThat(deleted).contains("kato remote delete nope\",\"status\": \"failed\""));
    }

    /** The original's commands remembered the flags of others (09 F-20). */
    @Test
    void answersManyAtOnceEachWithItsOwn() throws Exception {
        start();
        ExecutorService programs = Executors.newFixedThreadPool(10);
        List<Callable<Response>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String call = ADD.replace("\"x\"", "\"x" + i + "\"").replace("udp://h:1", "udp://h:" + (i + 1));
            calls.add(() -> post(call));
        }

        var answers = programs.invokeAll(calls);

        for (int i = 0; i < 30; i++) {
            assertThat(answers.get(i).get().body())
                    .isEqualTo("{\"name\":\"x" + i + "\",\"uri\":\"udp://h:" + (i + 1) + "\"}");
        }
        programs.shutdown();
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).hasSize(30);
    }
}
