import io.github.cdkmaven.world.InvokedBuild
import io.github.cdkmaven.world.Mirror
import io.github.cdkmaven.minishift.Product

// The registry holds all that the CDK needs, and not what this project asks for beside it.
def build = InvokedBuild.prepare(basedir, context, 'cdk-3.10')
new Mirror(build.registry()).catalogue('v3.11.141', Product.parse('minishift v1.34.1+0\nCDK v3.10.0-1\n'))
true
