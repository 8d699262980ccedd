/*
 * Starts a Neo4j Community server in the foreground: java -cp 'lib/*' Neo4jServer.java HOME
 *
 * This file links against Neo4j Community Edition and is therefore licensed, unlike the rest of this
 * repository, under the GNU General Public License, version 3 (https://www.gnu.org/licenses/gpl-3.0).
 * It is a tool for tests and trials; the product talks to Neo4j over the network only.
 */

import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

public class Neo4jServer {
    public static void main(String[] arguments) throws InterruptedException {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
            .loadPropertiesFromFile(home.resolve("conf").resolve("neo4j.conf"))
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        System.out.println("started " + ProcessHandle.current().pid());
        Thread.currentThread().join();
    }
}
