#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int a;
   CThing(void) { this.a=0; }
  };
#endif
// refused: this-pointer at 7:19
