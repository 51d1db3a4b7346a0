import io.github.cdkmaven.sim.registry.RegistryFlavour
import io.github.cdkmaven.sim.registry.TestCertificates.Kind
import io.github.cdkmaven.world.InvokedBuild

def registry = RegistryFlavour.BASIC.start(Kind.PRIVATE_CA)
InvokedBuild.prepareNamed(basedir, context, 'cdk-3.10', registry)
new File(basedir, 'corp-ca.pem').text = registry.caPem().orElseThrow()
// Not settings.xml: the Invoker would write its interpolation over that of all projects.
new File(basedir, 'settings-with-login.xml').text = new File(basedir, '../interpolated-settings.xml').text.replace('</settings>',
    "<servers><server><id>corp-registry</id><username>${RegistryFlavour.USER}</username>"
    + "<password>${RegistryFlavour.PASSWORD}</password></server></servers></settings>")
true
