package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.ZooKeeperOptions.Access;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.ACL;

/** Who this process is to the server, and whom it lets see and change what it writes. */
final class Credentials implements ACLProvider {
    private final Access access;

    private Credentials(Access access) {
        this.access = access;
    }

    /** Makes a client use what {@code options} say. */
    static void apply(ZooKeeperOptions options, CuratorFrameworkFactory.Builder client) {
        Path file = options.authFile();
        if (file != null && (options.access() == Access.SECURED || Files.exists(file))) {
            client.authorization("digest", read(file).getBytes(UTF_8));
        }
        client.aclProvider(new Credentials(options.access()));
    }

    private static String read(Path file) {
        try {
            String userAndPassword = Files.readString(file).strip();
            if (!userAndPassword.matches("[^:\\s]+:\\S+")) {
                throw new ConfigException(file + " must hold one line user:password");
            }
            return userAndPassword;
        } catch (IOException e) {
            throw new ConfigException("Cannot read zk.auth.file " + file + " ("
                    + e.getClass().getSimpleName() + "): it must hold user:password, or zk.acl must be open");
        }
    }

    @Override
    public List<ACL> getDefaultAcl() {
        return access == Access.OPEN ? Ids.OPEN_ACL_UNSAFE : Ids.CREATOR_ALL_ACL;
    }

    @Override
    public List<ACL> getAclForPath(String znode) {
        if (access == Access.OPEN || !znode.endsWith(ConfigPath.MBUS_IP.toString())) {
            return getDefaultAcl();
        }
        var acl = new ArrayList<ACL>(Ids.CREATOR_ALL_ACL);
        acl.addAll(Ids.READ_ACL_UNSAFE);
        return acl;
    }
}
