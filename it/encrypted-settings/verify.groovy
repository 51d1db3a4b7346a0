import io.github.cdkmaven.world.EncryptedSettings
import io.github.cdkmaven.world.InvokedBuild

InvokedBuild.of(context).withCloseable { build -> EncryptedSettings.assertShown(build) }
true
