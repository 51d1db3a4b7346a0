import com.fasterxml.jackson.databind.ObjectMapper
import io.github.cdkmaven.world.InvokedBuild
import io.github.cdkmaven.world.Site

def build = InvokedBuild.prepare(basedir, context, 'cdk-3.5')
// The CDK was started against the registry, and somebody deployed an image from elsewhere since.
new Site(build.cdk(), build.registry(), new File(basedir, 'started').toPath()).start()
def image = 'quay.io/team/shop'
build.cdk().pods(new ObjectMapper().readTree("""
    {"metadata": {"namespace": "shop", "name": "web-1-abcde"},
     "spec": {"containers": [{"name": "app", "image": "${image}:1"}]},
     "status": {"containerStatuses": [
       {"name": "app", "imageID": "docker-pullable://${image}@sha256:${'a' * 64}"}]}}"""))
true
