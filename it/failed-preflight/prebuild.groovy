import io.github.cdkmaven.sim.registry.Fault
import io.github.cdkmaven.sim.registry.RegistryFlavour
import io.github.cdkmaven.sim.registry.TestCertificates.Kind
import io.github.cdkmaven.world.InvokedBuild

def build = InvokedBuild.prepare(basedir, context, 'cdk-3.10')
build.registry().inject(Fault.status(404), Integer.MAX_VALUE) {
    it.path().contains('/manifests/') && !it.path().contains('jenkins')
}
context.closed = RegistryFlavour.BASIC.start()
context.signed = RegistryFlavour.OPEN.start(Kind.PRIVATE_CA)
def tools = new File(basedir, 'test.properties').readLines().findAll { it.startsWith('cdk.minishift=') || it.startsWith('cdk.home=') }
new File(basedir, 'password.properties').text = (tools
    + ["cdk.registry=${context.closed.host()}", 'cdk.registryInsecure=true', 'cdk.registryServerId=corp-registry']).join('\n')
new File(basedir, 'authority.properties').text = (tools + ["cdk.registry=${context.signed.host()}"]).join('\n')
// The registry is named by the properties alone.
def pom = new File(basedir, 'pom.xml')
pom.text = pom.text.replaceAll('<configuration>.*</configuration>', '')
// Not settings.xml: the Invoker would write its interpolation over that of all projects.
new File(basedir, 'settings-with-login.xml').text = new File(basedir, '../interpolated-settings.xml').text.replace('</settings>',
    "<servers><server><id>corp-registry</id><username>${RegistryFlavour.USER}</username><password>wr0ng</password></server></servers></settings>")
true
