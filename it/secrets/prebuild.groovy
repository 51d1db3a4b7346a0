import io.github.cdkmaven.sim.registry.SimulatedRegistry
import io.github.cdkmaven.world.Canaries
import io.github.cdkmaven.world.InvokedBuild

new File(basedir, 'settings-with-passwords.xml').text = Canaries.settings()
// Docker in a VM up to OpenShift 3.10 pulls the platform as a stranger; the images of the ImageStreams want a login.
def registry = SimulatedRegistry.builder()
    .basicAuth('puller', Canaries.REGISTRY, 'openshift3/ose', 'openshift/origin')
    .start()
InvokedBuild.prepare(basedir, context, registry) { cdk ->
    cdk.version('cdk-3.10').hosts(['subscription.rhsm.redhat.com': '127.0.0.1:9'])
}
true
