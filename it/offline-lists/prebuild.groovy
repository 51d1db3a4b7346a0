import io.github.cdkmaven.minishift.MinishiftVersion
import io.github.cdkmaven.world.InvokedBuild
import io.github.cdkmaven.world.Mirror
import java.nio.file.Files
import java.nio.file.Path

// A local repository that holds the plugin and nothing else.
Path all = new File(localRepositoryPath.toString()).toPath()
Path own = new File(basedir, 'own-repository').toPath()
Files.walk(all.resolve('io/github/cdkmaven')).withCloseable { files ->
    files.filter { Files.isRegularFile(it) }.forEach {
        Path copy = own.resolve(all.relativize(it).toString())
        Files.createDirectories(copy.parent)
        Files.copy(it, copy)
    }
}

// The registry holds all that the CDK needs, and not what this project asks for beside it.
def build = InvokedBuild.prepare(basedir, context, 'cdk-3.10')
new Mirror(build.registry()).catalogue('v3.11.141', MinishiftVersion.parse('minishift v1.34.1+0\nCDK v3.10.0-1\n'))
true
