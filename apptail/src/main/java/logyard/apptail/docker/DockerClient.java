package logyard.apptail.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Docker's daemon over HTTP, each request on a connection of its own. Everything happens on the one thread {@code
 * docker}, but for {@link #close}.
 */
final class DockerClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DockerClient.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MILLIS = 5000;
    private static final long STOP_SECONDS = 2;

    /** A document that is larger is not read: 2000 containers take 4 MB. */
    private static final int MOST_BYTES = 16 << 20;

    /** A document that has not come by then does not come. */
    private static final long DOCUMENT_SECONDS = 60;

    static final int OK = 200;

    private final DockerAddress address;
    private static final ThreadFactory THREADS = task -> new Thread(task, "docker");

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, THREADS, NioIoHandler.newFactory());
    private final ScheduledExecutorService thread = group.next();

    DockerClient(DockerAddress address) {
        this.address = address;
    }

    /** The thread {@code docker}. */
    ScheduledExecutorService thread() {
        return thread;
    }

    DockerAddress address() {
        return address;
    }

    /** Asks for {@code path}, such as {@code /events}. */
    Call get(String path, Answer answer) {
        var call = new Call(path, answer);
        ChannelFuture connecting = new Bootstrap()
                .group(group)
                .channel(address.isUnix() ? NioDomainSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), call);
                    }
                })
                .connect(address.socket());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                call.failed(String.valueOf(done.cause().getMessage()));
            }
        });
        return call;
    }

    /**
     * Asks for a JSON document. {@code then} is told its status, and the document if that is 200; or 0 and why there is
     * none.
     */
    void document(String path, BiConsumer<Integer, Document> then) {
        var collector = new Collector(then);
        Call call = get(path, collector);
        collector.deadline = thread.schedule(
                () -> {
                    call.close();
                    collector.ended(Optional.of("no answer within " + DOCUMENT_SECONDS + " s"));
                },
                DOCUMENT_SECONDS,
                TimeUnit.SECONDS);
    }

    /**
     * What a request for a document gave.
     *
     * @param json missing if there is trouble, or the status was not 200
     * @param trouble empty if there is none
     */
    record Document(JsonNode json, String trouble) {}

    private static final class Collector implements Answer {
        private final BiConsumer<Integer, Document> then;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private @Nullable Future<?> deadline;
        private int status;
        private boolean done;

        Collector(BiConsumer<Integer, Document> then) {
            this.then = then;
        }

        @Override
        public void status(int code) {
            status = code;
        }

        @Override
        public void bytes(ByteBuf part) {
            int most = MOST_BYTES - body.size();
            try {
                part.readBytes(body, Math.min(part.readableBytes(), most));
            } catch (IOException e) {
                throw new IllegalStateException(e); // no array does that
            }
        }

        @Override
        public void ended(Optional<String> trouble) {
            if (done) {
                return;
            }
            done = true;
            if (deadline != null) {
                deadline.cancel(false);
            }
            JsonNode nothing = JSON.missingNode();
            if (trouble.isPresent()) {
                then.accept(0, new Document(nothing, trouble.get()));
            } else if (status != OK) {
                then.accept(status, new Document(nothing, "HTTP status " + status));
            } else {
                try {
                    then.accept(OK, new Document(JSON.readTree(body.toByteArray()), ""));
                } catch (IOException e) {
                    then.accept(0, new Document(nothing, "what it answers is no JSON"));
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            if (!group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                    .await(STOP_SECONDS + 1, TimeUnit.SECONDS)) {
                log.warn("The connections to Docker were not closed within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
