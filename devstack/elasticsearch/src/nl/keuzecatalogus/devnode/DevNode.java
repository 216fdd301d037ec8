package nl.keuzecatalogus.devnode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * A single Elasticsearch node for development and tests, on the loopback address, without security.
 *
 * <p>Arguments: home folder (config, modules, plugins), data folder, HTTP port, transport port. Stops on SIGTERM.
 */
public final class DevNode {
    private DevNode() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            throw new IllegalArgumentException("usage: DevNode HOME DATA HTTP_PORT TRANSPORT_PORT");
        }
        LogConfigurator.configureESLogging();
        Path home = Path.of(args[0]).toAbsolutePath();
        Path data = Path.of(args[1]).toAbsolutePath();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings(home, data, args[2], args[3]), Map.of(), home.resolve("config"), () -> "devnode");
        LogConfigurator.configure(environment, true);
        Node node = new Node(environment, PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
            Map.of()));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, stopped)));
        node.start();
        stopped.await();
    }

    private static Settings settings(Path home, Path data, String httpPort, String transportPort) {
        return Settings.builder()
            .put("path.home", home)
            .put("path.data", data)
            .put("path.logs", data.resolve("logs"))
            .put("cluster.name", "keuzecatalogus-devnode")
            .put("node.name", "devnode")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", httpPort)
            .put("transport.port", transportPort)
            .build();
    }

    private static void close(Node node, CountDownLatch stopped) {
        try {
            node.close();
        } catch (IOException e) {
            e.printStackTrace();
        } finally {
            stopped.countDown();
        }
    }
}
