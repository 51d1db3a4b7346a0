import io.github.cdkmaven.world.Canaries
import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build ->
    def log = build.log()
    assert log.contains('[DEBUG]')
    assert log.contains("This minishift does not know the flag '--frobnicate'.")

    def starts = build.cdk().journal().invocations().findAll { it.arguments().contains('start') }
    assert starts.size() == 2
    starts.each { start ->
        // The passwords really were at work, each as it has to be.
        assert start.environment()['MINISHIFT_PASSWORD'] == Canaries.RED_HAT
        assert URLDecoder.decode(start.environment()['https_proxy'], 'UTF-8').contains(":${Canaries.PROXY}@proxy.corp.example:3128")
    }
    assert build.registry().requests().any { it.path().contains('rhscl') && it.status() == 200 }

    // What everybody on the machine sees while the programs run.
    build.cdk().journal().invocations().each { call ->
        assert !Canaries.isIn(call.commandLine())
        assert !new File('/proc/self').exists() || call.processes().size() == 2
        call.processes().each { assert !Canaries.isIn(it) }
    }
    assert !new File('/proc/self').exists() || starts[0].processes()[0].contains('\nstart\n')

    // All logs, at -X too, all reports, what is left of the failed start, and the home. What the simulation writes down of its
    // environment and its VM is its own; so is, by minishift's own doing, dockerd's environment in the record of the VM, which the log tells of.
    def record = new File(basedir, 'site/home/machines/minishift/config.json')
    assert Canaries.filesThatShowThem(
        basedir.toPath(),
        new File(basedir, 'settings-with-passwords.xml').toPath(),
        new File(basedir, 'site/world').toPath()) == ['site/home/machines/minishift/config.json'] as Set
    assert log.count("minishift itself keeps the proxy's password in ${record}") == 2
    assert new File(basedir, 'target/cdk/debug').isDirectory()
}
true
