package logyard.drains;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that sends datagrams to one address. That nobody listens there is counted and logged, and the drain goes on;
 * that there is no way there ends it, so that what comes waits.
 */
final class UdpDrain implements Drain {
    private static final Logger log = LoggerFactory.getLogger(UdpDrain.class);

    /** What fits into a datagram over IPv4. */
    static final int MAX_BYTES = 65_507;

    private final String name;
    private final EventLoop loop;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    // On the event loop only:
    private Channel channel;
    private @Nullable ChannelFuture lastWrite;
    private @Nullable Future<?> repeating;
    private long refusals;
    private boolean closed;

    private UdpDrain(String name, Channel channel) {
        this.name = name;
        this.loop = channel.eventLoop();
        this.channel = channel;
    }

    /** @param channel connected to the target */
    static UdpDrain start(String name, Channel channel) {
        var drain = new UdpDrain(name, channel);
        channel.pipeline().addLast(drain.new Handler());
        return drain;
    }

    @Override
    public EventLoop executor() {
        return loop;
    }

    /** Does something again and again until the close. Any thread. */
    void every(Duration period, Runnable task) {
        loop.execute(() -> {
            if (!closed) {
                long nanos = period.toNanos();
                repeating = loop.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
            }
        });
    }

    InetAddress address() {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    @Override
    public int maxEventBytes() {
        return MAX_BYTES;
    }

    /** Completes when the system took the last datagram; while it takes none, those behind wait. */
    @Override
    public CompletionStage<Void> write(DrainBatch batch) {
        var written = new CompletableFuture<Void>();
        for (int i = 0; i < batch.size(); i++) {
            var datagram = Unpooled.wrappedBuffer(batch.bytes(), batch.start(i), batch.end(i) - batch.start(i));
            if (i < batch.size() - 1) {
                channel.write(datagram, channel.voidPromise());
            } else {
                ChannelFuture last = channel.writeAndFlush(datagram);
                lastWrite = last;
                last.addListener(done -> {
                    if (!done.isSuccess()) {
                        caught(last.channel(), done.cause());
                    }
                    if (failure.isDone()) {
                        failure.whenComplete((nothing, error) -> written.completeExceptionally(error));
                    } else {
                        written.complete(null);
                    }
                });
            }
        }
        return written;
    }

    /** Sends through another socket from now on. Any thread. */
    void goOverTo(Channel next) {
        loop.execute(() -> {
            if (closed) {
                next.close();
                return;
            }
            log.info("[drain:{}] Going over from {} to {}", name, channel.remoteAddress(), next.remoteAddress());
            Channel old = channel;
            next.pipeline().addLast(new Handler());
            channel = next;
            if (lastWrite == null) {
                old.close();
            } else {
                lastWrite.addListener(sent -> old.close());
            }
        });
    }

    private void caught(Channel where, Throwable cause) {
        if (closed || where != channel) {
            return;
        }
        if (cause instanceof PortUnreachableException
                || String.valueOf(cause.getMessage()).contains("Connection refused")) {
            refusals++;
            if (Long.bitCount(refusals) == 1) { // the first, second, fourth, eighth …
                log.warn(
                        "[drain:{}] Nobody listens at {}: datagrams are lost ({} refusals so far)",
                        name,
                        where.remoteAddress(),
                        refusals);
            }
        } else {
            failure.completeExceptionally(
                    new IOException("write udp " + where.remoteAddress() + ": " + cause.getMessage(), cause));
        }
    }

    /** How often the target's node said that nobody listens. */
    @Override
    public long refusals() {
        return refusals;
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public CompletionStage<Boolean> close() {
        closed = true;
        if (repeating != null) {
            repeating.cancel(false);
        }
        boolean allSent = lastWrite == null || lastWrite.isSuccess();
        channel.close();
        return CompletableFuture.completedFuture(allSent);
    }

    @Override
    public String toString() {
        return "UdpDrain{" + channel.remoteAddress() + "}";
    }

    /** Learns of errors; what the target sends is thrown away. */
    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            caught(context.channel(), cause);
        }
    }
}
