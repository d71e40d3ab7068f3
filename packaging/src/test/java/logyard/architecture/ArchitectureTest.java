package logyard.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house of DESIGN §3: who may know whom. */
@AnalyzeClasses(packages = "logyard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesDependDownwardsAndNeverOnTheirNeighbours = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("config")
            .definedBy("logyard.config..")
            .layer("core")
            .definedBy("logyard.core..")
            .layer("drains")
            .definedBy("logyard.drains..")
            .layer("systail")
            .definedBy("logyard.systail..")
            .layer("apptail")
            .definedBy("logyard.apptail..")
            .layer("cloud-events")
            .definedBy("logyard.cloudevents..")
            .layer("kato")
            .definedBy("logyard.kato..")
            .layer("packaging")
            .definedBy("logyard.micro..", "logyard.manual..", "logyard.proof..")
            .whereLayer("packaging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("drains")
            .mayOnlyBeAccessedByLayers("packaging")
            .whereLayer("systail")
            .mayOnlyBeAccessedByLayers("packaging")
            .whereLayer("apptail")
            .mayOnlyBeAccessedByLayers("packaging")
            .whereLayer("cloud-events")
            .mayOnlyBeAccessedByLayers("packaging")
            .whereLayer("kato")
            .mayOnlyBeAccessedByLayers("packaging")
            .whereLayer("core")
            .mayOnlyBeAccessedByLayers("drains", "systail", "apptail", "cloud-events", "kato", "packaging");

    @ArchTest
    static final ArchRule packagesOfTheCoreFormNoCycle =
            slices().matching("logyard.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule eventsDoNoInputAndOutput = noClasses()
            .that()
            .resideInAPackage("logyard.core.event")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..", "java.nio.file..", "java.net..");

    @ArchTest
    static final ArchRule tailKnowsNothingOfLogyard = noClasses()
            .that()
            .resideInAPackage("logyard.core.tail..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "logyard.core.event..",
                    "logyard.core.bus..",
                    "logyard.core.journal..",
                    "logyard.core.router..",
                    "logyard.core.drain..");

    @ArchTest
    static final ArchRule onlyTheBusKnowsZeroMq = onlyIn("logyard.core.bus..", "org.zeromq..", "zmq..");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsCurator = onlyIn("logyard.config.zookeeper..", "org.apache.curator..");

    @ArchTest
    static final ArchRule onlyDrainsAndDockerKnowNetty = noClasses()
            .that()
            .resideOutsideOfPackages("logyard.drains..", "logyard.apptail.docker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule onlyTheSieveAndLogTailKnowRe2 = noClasses()
            .that()
            .resideOutsideOfPackages("logyard.core.sieve..", "logyard.kato.log..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..");

    @ArchTest
    static final ArchRule onlyOnePackageOfKatoKnowsJedis = onlyIn("logyard.kato.redis..", "redis.clients..");

    @ArchTest
    static final ArchRule onlyTheRemoteAndTheEndpointKnowTheHttpServer = noClasses()
            .that()
            .resideOutsideOfPackages("logyard.kato.remote..", "logyard.core.daemon.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule onlyTheEndpointKnowsPrometheus = onlyIn("logyard.core.daemon.metrics..", "io.prometheus..");

    @ArchTest
    static final ArchRule katoKnowsNothingOfMetrics = noClasses()
            .that()
            .resideInAPackage("logyard.kato..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("logyard.core.daemon.metrics..", "logyard.core.daemon.systemd..");

    @ArchTest
    static final ArchRule onlyAnnouncementsKnowNats = onlyIn("logyard.apptail.instance..", "io.nats..");

    @ArchTest
    static final ArchRule onlyRootsAndTheServiceManagerKnowJna = noClasses()
            .that()
            .resideOutsideOfPackages("logyard.apptail.root..", "logyard.core.daemon.systemd..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule onlyTheEdgesKnowPicocli = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "logyard.kato..", "logyard.core.daemon..", "logyard.micro..", "logyard.manual..", "logyard.proof")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule onlyMainsEndTheProcess =
            noClasses().that().haveSimpleNameNotEndingWith("Main").should().callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule noPackageIsADrawer = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..", "..impl..", "..base..");

    @ArchTest
    static final ArchRule mainsAreFinal =
            classes().that().haveSimpleNameEndingWith("Main").should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("logyard..")
            .should()
            .beDeclaredInClassesThat(new PackageIsNullMarked());

    @ArchTest
    static final ArchRule nobodyUsesJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    private static ArchRule onlyIn(String home, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }
}
