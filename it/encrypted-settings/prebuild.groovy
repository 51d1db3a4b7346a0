import io.github.cdkmaven.sim.registry.SimulatedRegistry
import io.github.cdkmaven.world.EncryptedSettings
import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.prepare(basedir, context, 'cdk-3.10') { SimulatedRegistry.builder().basicAuth('jane', EncryptedSettings.PASSWORD).start() }
new EncryptedSettings(basedir.toPath()).write()
true
